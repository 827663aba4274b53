import QuantCore
import Testing

@testable import QuantLearners

@Suite("ColumnCopies")
struct ColumnCopiesTests {
  private func sample(features: Int, rows: Int) throws -> BinnedSample {
    var random = SplitMix64(seed: 4)
    let values = (0..<features * rows).map { _ in Float(random.next() % 50) }
    let window = TrainingWindow(
      features: FeatureMatrix(
        ArrayFile(values), rowCount: rows, columnCount: features, columnStride: rows),
      rows: 0..<rows, rowKeys: ArrayFile((0..<UInt64(rows)).map { $0 }),
      featureNames: (0..<features).map { "f\($0)" })
    let matrix = try GradientBoosting().prepare(window, threads: 1)
    return BinnedSample(matrix, rows: (0..<Int32(rows)).map { $0 }, maximumBins: 255, threads: 1)
  }

  private func codes(_ column: CodeColumn, rows: Int) -> [UInt8] {
    (0..<rows).map { column.codes.span[$0 * column.width + column.place] }
  }

  @Test("A column is copied once all rows have asked for it, with the same codes")
  func copies() throws {
    let sample = try sample(features: 8, rows: 700)
    var columns = ColumnCopies(sample)
    #expect(columns.column(3, rows: 699, threads: 1).width == 8)
    let copy = columns.column(3, rows: 1, threads: 2)
    #expect(copy.width == 1)
    #expect(codes(copy, rows: 700) == codes(sample.column(3), rows: 700))
    #expect(columns.column(4, rows: 699, threads: 1).width == 8)
  }

  @Test(
    "Of eight columns two are kept, and one gives way to another that is asked for twice as often")
  func replacing() throws {
    var columns = ColumnCopies(try sample(features: 8, rows: 10))
    func width(_ feature: Int, _ rows: Int) -> Int {
      columns.column(feature, rows: rows, threads: 1).width
    }
    #expect(width(0, 30) == 1 && width(1, 20) == 1)
    #expect(width(2, 40) == 8)
    #expect(width(2, 1) == 1)
    #expect(width(1, 1) == 8 && width(0, 1) == 1)
  }

  @Test("Where rows have few columns none is copied")
  func narrow() throws {
    var columns = ColumnCopies(try sample(features: 3, rows: 10))
    #expect(columns.column(0, rows: 1_000, threads: 1).width == 3)
  }
}
