internal import QuantCore

/// Features of a source piece by piece, as columns in the order that a model wants.
///
/// Rows that lie row by row are turned into columns a tile at a time, so that memory does not grow with
/// their number.
struct FeatureTiles {
  private enum Content {
    case whole(FeatureMatrix)
    case array(NumericArray)
  }

  /// The number of rows.
  let rowCount: Int
  private let content: Content
  private let columns: ColumnMatch
  private let names: [String]
  private let infinite: InfiniteFeatures
  private let wholeInfiniteCount: Int

  /// Opens the features; of a table the wanted columns are read.
  init(
    _ source: FeatureSource, _ columns: ColumnMatch, infinite: InfiniteFeatures, threads: Int
  ) throws {
    self.columns = columns
    self.infinite = infinite
    names = source.names
    switch source.content {
    case .table:
      // Columns that nobody wants need not be numbers.
      let features = try Features(
        source, selecting: columns.places.map { source.names[$0] }, infinite: infinite,
        threads: threads)
      content = .whole(features.matrix)
      rowCount = features.matrix.rowCount
      wholeInfiniteCount = features.infiniteCount
    case .array(let array):
      rowCount = array.rowCount
      wholeInfiniteCount = 0
      do throws(FeatureArrayError) {
        let whole = try FeatureMatrix.inPlace(array, infinite: infinite, threads: threads)
        content = whole.map { .whole(columns.of($0)) } ?? .array(array)
      } catch {
        throw Features.failure(error, names: source.names)
      }
    }
  }

  /// Ranges of rows that are at hand together.
  ///
  /// - Parameters:
  ///   - values: numbers of a tile that suit the caller.
  ///   - rows: the rows that are wanted; by default all.
  func tiles(values: Int, of rows: Range<Int>? = nil) -> [Range<Int>] {
    let rows = rows ?? 0..<rowCount
    let height = max(64, values / max(1, names.count))
    return stride(from: rows.lowerBound, to: rows.upperBound, by: height).map { start in
      start..<min(start + height, rows.upperBound)
    }
  }

  /// Calls `body` with each tile on several threads, and returns how many infinite values counted as
  /// missing.
  ///
  /// - Parameter body: the number of the tile, a matrix, and the rows of the matrix that are meant.
  func forEach(
    _ tiles: [Range<Int>], threads: Int,
    _ body: @Sendable (Int, FeatureMatrix, Range<Int>) -> Void
  ) throws -> Int {
    switch content {
    case .whole(let matrix):
      ParallelFor.run(count: tiles.count, threads: threads) { body($0, matrix, tiles[$0]) }
      return wholeInfiniteCount
    case .array(let array):
      do throws(FeatureArrayError) {
        let counts = try ParallelFor.map(count: tiles.count, threads: threads) {
          (index) throws(FeatureArrayError) in
          let (features, count) = try FeatureMatrix.tile(
            of: array, rows: tiles[index], infinite: infinite)
          body(index, columns.of(features), 0..<features.rowCount)
          return count
        }
        return counts.reduce(0, +)
      } catch {
        throw Features.failure(error, names: names)
      }
    }
  }
}
