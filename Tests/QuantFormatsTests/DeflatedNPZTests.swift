import QuantCore
import QuantFormats
import QuantTestSupport
import Testing

@Suite("Deflated NumPy archives")
struct DeflatedNPZTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("a.npz") }

  init() throws { folder = try TemporaryFolder() }

  private var numpyArchive: String {
    FixtureFile.path("storage/deflated.npz").replacing("QuantFormatsTests", with: "QuantCoreTests")
  }

  private func values<Element>(_ array: ArrayFile<Element>) -> [Element] {
    (0..<array.count).map { array[$0] }
  }

  private func write(_ values: [Int32], level: Int = 6) throws {
    let stored: [UInt8] = [1, 2, 3]
    var writer = try NPZWriter(creating: path)
    try writer.addDeflated(
      "t", values.span.numberBytes, type: .int32, shape: [values.count], level: level)
    try writer.add("y", stored.span)
    try writer.finish()
  }

  @Test("An archive that NumPy compressed")
  func numpy() throws {
    let reader = try NPZReader(numpyArchive)
    let labels: ArrayFile<UInt8> = try reader.inflatedArray("y", as: .uint8)
    #expect(values(labels) == [UInt8](repeating: 0, count: 5_000))
    let times: ArrayFile<Int32> = try reader.inflatedArray("t", as: .int32)
    #expect(values(times) == [.min, .max, 42])
  }

  @Test("What is compressed is read back, beside stored members", arguments: [-3, 1, 6, 9, 99])
  func roundTrip(level: Int) throws {
    for count in [0, 1, 1_000, 300_000] {
      let expected = (0..<Int32(count)).map { $0 / 7 &* 31 }
      try write(expected, level: level)
      let reader = try NPZReader(path)
      #expect(values(try reader.inflatedArray("t", as: .int32, of: Int32.self)) == expected)
      #expect(values(try reader.inflatedArray("y", as: .uint8, of: UInt8.self)) == [1, 2, 3])
    }
    #expect(try MappedFile(path: path).count < 300_000)
  }

  @Test("Another type, a missing name and content beyond the limit are refused")
  func refusals() throws {
    try write(Array(repeating: 5, count: 10_000))
    let reader = try NPZReader(path)
    #expect(throws: StorageError.self) {
      try reader.inflatedArray("t", as: .float32, of: Float.self)
    }
    #expect(throws: StorageError.self) {
      try reader.inflatedArray("z", as: .int32, of: Int32.self)
    }
    #expect(throws: StorageError.tooLarge(path: path + "/t.npy", bytes: 40_128, limit: 40_127)) {
      try reader.inflatedArray("t", as: .int32, limit: 40_127, of: Int32.self)
    }
  }

  @Test("A member that declares more than can come out of it is refused before allocation")
  func bombs() throws {
    try write(Array(repeating: 5, count: 1_000))
    var bytes = try FileBytes.read(path)
    let end = bytes.count - 22
    let directory = Int(bytes.span.numberBytes.word32(at: end + 16))
    bytes.replaceSubrange(directory + 24..<directory + 28, with: [0, 0, 0, 0xF0])
    try folder.write(bytes, to: "bomb.npz")
    let reader = try NPZReader(folder.file("bomb.npz"))
    #expect(throws: StorageError.corrupted(path: folder.file("bomb.npz") + "/t.npy", offset: 0)) {
      try reader.inflatedArray("t", as: .int32, limit: 1 << 40, of: Int32.self)
    }
  }

  @Test("A flipped bit in the compressed bytes is noticed")
  func flips() throws {
    let expected = (0..<Int32(200)).map { $0 &* 977 }
    try write(expected)
    let whole = try FileBytes.read(path)
    let reader = try NPZReader(path)
    let size = reader.members[0].storedSize
    for offset in 0..<size {
      var flipped = whole
      // The local header has 30 bytes, the name "t.npy" five, and there is no extra field.
      flipped[35 + offset] ^= 1 << UInt8(offset % 8)
      try folder.write(flipped, to: "bad.npz")
      let bad = try NPZReader(folder.file("bad.npz"))
      do throws(StorageError) {
        // Some bits of a deflate stream mean nothing; the values are then the same.
        let found: ArrayFile<Int32> = try bad.inflatedArray("t", as: .int32)
        #expect(values(found) == expected, "byte \(offset)")
      } catch {
        #expect("\(error)".contains("bad.npz/t.npy"))
      }
    }
  }
}
