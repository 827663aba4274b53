import QuantCore
import QuantTestSupport
import Testing

@Suite("Mapped files and arrays")
struct MappedFileTests {
  private func firstByte(_ file: MappedFile) -> UInt8 { file.bytes.byte(at: 0) }

  @Test("A mapping shows the bytes of the file, also after the file was replaced or removed")
  func content() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "a")
    let file = try MappedFile(path: path)
    #expect(file.count == 3 && file.path == path)
    try folder.write([9, 9, 9, 9], to: "a")
    #expect(firstByte(file) == 1)
    try FileTree.removeAll(path)
    #expect(firstByte(file) == 1)
  }

  @Test("An empty file is an empty span")
  func empty() throws {
    let folder = try TemporaryFolder()
    let file = try MappedFile(path: try folder.write([], to: "empty"))
    #expect(file.count == 0)
    let isEmpty = file.bytes.isEmpty
    #expect(isEmpty)
    #expect(ArrayFile<Int32>(file, byteOffset: 0, count: 0).count == 0)
  }

  @Test("Missing files, folders and devices are typed errors")
  func failures() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StorageError.missing(path: folder.file("none"))) {
      try MappedFile(path: folder.file("none"))
    }
    #expect(throws: StorageError.unreadable(path: folder.path, reason: "it is no regular file")) {
      try MappedFile(path: folder.path)
    }
    #expect(throws: StorageError.self) { try MappedFile(path: "/dev/null") }
    #expect(throws: StorageError.self) { try MappedFile(path: "") }
    let path = try folder.write([1], to: "file")
    #expect(throws: StorageError.missing(path: path + "/below")) {
      try MappedFile(path: path + "/below")
    }
  }

  @Test("A mapping outlives the value it came from, and is shared by threads")
  func sharing() throws {
    let folder = try TemporaryFolder()
    let values = (0..<10_000).map { Int32($0) }
    try NPY.write(values.span, to: folder.file("a.npy"))
    let array = try NPY.open(folder.file("a.npy"), of: Int32.self).elements
    let sums = ParallelFor.map(count: 16, threads: 4) { _ in
      let span = array.span
      var sum = 0
      for index in span.indices { sum += Int(span[index]) }
      return sum
    }
    #expect(sums == Array(repeating: 49_995_000, count: 16))
  }

  @Test("Arrays in memory are copies")
  func memory() {
    var values: [Double] = [1, 2, 3]
    let array = ArrayFile(values)
    values[1] = 9
    #expect(array[1] == 2 && array.count == 3)
    #expect(ArrayFile([Float]()).count == 0)
  }

  @Test("Access outside of an array stops the process instead of reading on")
  func bounds() async {
    await #expect(processExitsWith: .failure) {
      let array = ArrayFile([Int32(1), 2])
      _ = array[2]
    }
    await #expect(processExitsWith: .failure) {
      let folder = try TemporaryFolder()
      let file = try MappedFile(path: try folder.write([1, 2, 3, 4], to: "a"))
      _ = ArrayFile<Int64>(file, byteOffset: 0, count: Int.max / 4)
    }
  }
}

@Suite("FeatureMatrix")
struct FeatureMatrixTests {
  private func column(_ matrix: FeatureMatrix, _ index: Int) -> [Float] {
    let span = matrix.column(index)
    return span.indices.map { span[$0] }
  }

  @Test("Columns of a small matrix, and of its first rows")
  func literal() {
    let matrix = FeatureMatrix(columns: [[1, 2, 3], [4, 5, 6]])
    #expect(matrix.rowCount == 3 && matrix.columnCount == 2)
    #expect(column(matrix, 1) == [4, 5, 6])
    let head = matrix.prefix(rows: 2)
    #expect(head.rowCount == 2 && head.columnStride == 3)
    #expect(column(head, 0) == [1, 2] && column(head, 1) == [4, 5])
    #expect(head.prefix(rows: 0).rowCount == 0)
  }

  @Test("No columns, no rows")
  func empty() {
    #expect(FeatureMatrix(columns: []).columnCount == 0)
    let matrix = FeatureMatrix(columns: [[], []])
    #expect(matrix.rowCount == 0 && column(matrix, 1).isEmpty)
  }

  @Test("A matrix with a stride skips what lies between its columns")
  func stride() {
    let values: [Float] = [1, 2, -1, 3, 4, -1]
    let matrix = FeatureMatrix(ArrayFile(values), rowCount: 2, columnCount: 2, columnStride: 3)
    #expect(column(matrix, 0) == [1, 2] && column(matrix, 1) == [3, 4])
  }
}
