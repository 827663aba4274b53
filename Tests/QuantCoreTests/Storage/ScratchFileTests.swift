import QuantTestSupport
import Testing

@testable import QuantCore

@Suite("ScratchFile")
struct ScratchFileTests {
  @Test("Numbers are read back, and the file is gone while they are still there")
  func roundTrip() throws {
    let values: [UInt64] = [7, .max, 0]
    let array = try ArrayFile(inScratchFile: values)
    #expect(array.count == 3)
    #expect((0..<3).map { array[$0] } == values)
    let none = try ArrayFile(inScratchFile: [Float]())
    #expect(none.count == 0)
  }

  @Test("No name is left behind")
  func unlinked() throws {
    let folder = try TemporaryFolder()
    var file: ScratchFile? = try ScratchFile(directory: folder.path)
    let names = try folder.names()
    #expect(names.count == 1)
    let bytes: [UInt8] = [1, 2, 3, 4]
    let span = bytes.span
    try file?.write(span.numberBytes, at: 4)
    let array = try file?.array(of: UInt32.self, count: 2)
    file = nil
    let left = try folder.names()
    #expect(left.isEmpty)
    #expect(array?[1] == 0x0403_0201)
    #expect(array?[0] == 0)
  }

  @Test("A file without its end, and a folder that is not there, are refused")
  func failures() throws {
    let folder = try TemporaryFolder()
    let file = try ScratchFile(directory: folder.path)
    #expect(throws: StorageError.self) { _ = try file.array(of: UInt8.self, count: 1) }
    #expect(throws: StorageError.self) {
      _ = try ScratchFile(directory: folder.file("none"))
    }
  }
}
