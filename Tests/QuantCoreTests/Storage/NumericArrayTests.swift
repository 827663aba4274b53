import QuantCore
import QuantTestSupport
import Testing

@Suite("Features of NumPy arrays")
struct NumericArrayTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func array<Element: NPYElement>(
    _ values: [Element], _ shape: [Int], fortran: Bool = false
  ) throws -> NumericArray {
    var bytes = NPY.header(type: Element.npyType, shape: shape, fortranOrder: fortran)
    bytes.append(copying: values.span.numberBytes)
    return try NumericArray(path: try folder.write(bytes, to: "a.npy"))
  }

  private func columns(_ matrix: FeatureMatrix) -> [[Float]] {
    (0..<matrix.columnCount).map { column in
      let values = matrix.column(column)
      return values.indices.map { values[$0] }
    }
  }

  private func read(
    _ array: NumericArray, _ infinite: InfiniteFeatures = .refuse, threads: Int = 1
  ) throws -> [[Float]] {
    columns(try FeatureMatrix.columns(of: array, infinite: infinite, threads: threads).features)
  }

  @Test("Six numbers in every type and order")
  func literal() throws {
    let expected: [[Float]] = [[1, 3, 5], [2, 4, 6]]
    #expect(try read(array([1, 2, 3, 4, 5, 6] as [Float], [3, 2])) == expected)
    #expect(try read(array([1, 3, 5, 2, 4, 6] as [Float], [3, 2], fortran: true)) == expected)
    #expect(try read(array([1, 2, 3, 4, 5, 6] as [Double], [3, 2])) == expected)
    #expect(try read(array([1, 3, 5, 2, 4, 6] as [Int8], [3, 2], fortran: true)) == expected)
    #expect(try read(array([1, 2, 3, 4, 5, 6] as [UInt16], [3, 2])) == expected)
    #expect(try read(array([1, 2, 3, 4, 5, 6] as [Int64], [3, 2])) == expected)
    #expect(try read(array([1, 2, 3] as [UInt64], [3])) == [[1, 2, 3]])
    #expect(try array([1, 2, 3] as [UInt32], [3]).floats() == [1, 2, 3])
    #expect(try array([-1, 2] as [Int16], [2]).words() == [UInt64.max, 2])
    #expect(try array([1, 2] as [Double], [2]).words() == nil)
  }

  @Test("Tiles of any height give what an element at a time gives", arguments: 1...4)
  func tiles(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let shape = [1 + Int(random.next() % 3000), 1 + Int(random.next() % 40)]
    let values = (0..<shape[0] * shape[1]).map { _ in random.normal() }
    for fortran in [false, true] {
      let array = try array(values, shape, fortran: fortran)
      let found = try read(array, threads: 3)
      for _ in 0..<200 {
        let (row, column) = (
          Int(random.next() % UInt64(shape[0])), Int(random.next() % UInt64(shape[1]))
        )
        #expect(found[column][row] == Float(array.value(row: row, column: column)))
      }
      let start = shape[0] / 3
      let tile = try FeatureMatrix.tile(of: array, rows: start..<shape[0], infinite: .refuse)
      #expect(columns(tile.features) == found.map { Array($0[start...]) })
    }
  }

  @Test("The first infinite value is named by row and then by column; as missing it is counted")
  func infinite() throws {
    let shape = [3000, 3]
    for fortran in [false, true] {
      var values = [Double](repeating: 1, count: 9000)
      func place(_ row: Int, _ column: Int) -> Int {
        fortran ? column * 3000 + row : row * 3 + column
      }
      values[place(2500, 0)] = .infinity
      values[place(1200, 2)] = 1e300
      values[place(1200, 1)] = -1e300
      let array = try array(values, shape, fortran: fortran)
      #expect(
        throws: FeatureArrayError.infinite(path: array.path, row: 1200, column: 1, value: -1e300)
      ) { try read(array, threads: 2) }
      let found = try FeatureMatrix.columns(of: array, infinite: .missing, threads: 2)
      #expect(found.infiniteCount == 3)
      #expect(found.features.column(2)[1200].isNaN && found.features.column(2)[1201] == 1)
      let single = try self.array(values.map { Float($0) }, shape, fortran: fortran)
      #expect(
        throws: FeatureArrayError.infinite(
          path: single.path, row: 1200, column: 1, value: -.infinity)
      ) { try self.read(single) }
      #expect(
        try FeatureMatrix.columns(of: single, infinite: .missing, threads: 1).infiniteCount == 3)
    }
  }

  @Test("A scratch matrix has tiles of rows side by side, and its file no name in the end")
  func scratch() throws {
    var scratch: ScratchMatrix? = try ScratchMatrix(
      rowCount: 3, columnCount: 2, directory: folder.path)
    let (last, first): ([Float], [Float]) = ([5, 6], [1, 2, 3, 4])
    try scratch?.write(last.span, rows: 2..<3)
    try scratch?.write(first.span, rows: 0..<2)
    let matrix = try #require(try scratch?.matrix())
    scratch = nil
    #expect(try folder.names().isEmpty)
    #expect(columns(matrix) == [[1, 2, 5], [3, 4, 6]])
    #expect(throws: StorageError.self) {
      try ScratchMatrix(rowCount: 1, columnCount: 1, directory: folder.file("none"))
    }
  }

  @Test("Columns in an order of their own, of a matrix and of its leading rows")
  func selecting() {
    let matrix = FeatureMatrix(columns: [[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    let turned = matrix.selecting(columns: [2, 0])
    #expect(columns(turned) == [[7, 8, 9], [1, 2, 3]])
    #expect(columns(turned.prefix(rows: 2)) == [[7, 8], [1, 2]])
    #expect(columns(turned.selecting(columns: [1, 1, 0])) == [[1, 2, 3], [1, 2, 3], [7, 8, 9]])
  }
}
