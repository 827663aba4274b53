internal import QuantCore

/// Features as learners and models take them.
struct Features {
  /// The columns, in the order of `names`.
  let matrix: FeatureMatrix
  /// Names of the columns.
  let names: [String]
  /// Whether somebody gave the names.
  let hasNames: Bool
  /// The file.
  let path: String
  /// Infinite values that count as missing.
  let infiniteCount: Int
  /// The table, where the file is one.
  let table: RawTable?

  private init(_ other: Features, columns: ColumnMatch, names: [String]) {
    matrix = columns.of(other.matrix)
    self.names = names
    (hasNames, path) = (other.hasNames, other.path)
    (infiniteCount, table) = (other.infiniteCount, other.table)
  }

  /// The same rows with the columns of other features, in their order.
  func matching(_ other: Features) throws -> Features {
    try matching(names: other.names, hasNames: other.hasNames, of: other.path)
  }

  /// The same rows with wanted columns, in their order: by name where both sides have names.
  func matching(names wanted: [String], hasNames wantedHasNames: Bool, of owner: String) throws
    -> Features
  {
    let columns = try ColumnMatch(
      wanted, hasNames: hasNames && wantedHasNames, owner: owner, in: (path, names))
    return Features(self, columns: columns, names: wanted)
  }

  /// Reads features of a source.
  ///
  /// - Parameters:
  ///   - selected: the columns that are wanted of a table; by default all.
  ///   - besides: further columns of the table.
  init(
    _ source: FeatureSource, selecting selected: [String]? = nil, besides: [String] = [],
    infinite: InfiniteFeatures, threads: Int
  ) throws {
    hasNames = source.hasNames
    path = source.path
    switch source.content {
    case .array(let array):
      precondition(selected == nil, "arrays are read whole")
      names = source.names
      table = nil
      do throws(FeatureArrayError) {
        (matrix, infiniteCount) = try FeatureMatrix.columns(
          of: array, infinite: infinite, threads: threads)
      } catch {
        throw Features.failure(error, names: source.names)
      }
    case .table(let file):
      names = selected ?? source.names
      let table = try file.read(
        names + besides, as: .float32, infinite: infinite, threads: threads)
      guard table.rowCount > 0 else {
        throw CommandFailure(
          .emptyTraining, "\(source.path): 0 rows; accepted: at least one row and one feature")
      }
      (matrix, infiniteCount) = try FeatureMatrix.columns(of: table, names: names)
      self.table = table
    }
  }

  /// An error about features with the name of the column.
  static func failure(_ error: FeatureArrayError, names: [String]) -> any Error {
    switch error {
    case .storage(let error): return error
    case .infinite(let path, let row, let column, let value):
      let what = value.isInfinite ? "is infinite" : "exceeds Float32"
      return CommandFailure(
        .infiniteValue,
        "\(path): row \(row), column \(column) ('\(names[column])'): \(value) \(what); "
          + "accepted: finite numbers, NaN for missing, or --infinite missing")
    }
  }
}
