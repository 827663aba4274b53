import QuantCore
import QuantTestSupport
import Testing

@Suite("NumPy archives")
struct NPZTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("a.npz") }

  init() throws { folder = try TemporaryFolder() }

  private func fixture(_ name: String) -> String { FixtureFile.path("storage/" + name) }

  private func values<Element>(_ array: ArrayFile<Element>) -> [Element] {
    (0..<array.count).map { array[$0] }
  }

  /// Writes an archive of three arrays, whose names have different lengths.
  private func writeSample(longThreshold: Int = 0xFFFF_FFFF) throws {
    let (labels, days): ([UInt8], [Int32]) = ([0, 1, 255], [16_708, -5, 7, 9])
    let texts = Array("0001abcd".utf8)
    var writer = try NPZWriter(creating: path, longThreshold: longThreshold)
    try writer.add("y", labels.span)
    try writer.add("known_on", days.span)
    try writer.add("gvkey", texts.span.numberBytes, type: .text(width: 4), shape: [2])
    try writer.finish()
  }

  private func expectSample() throws {
    let reader = try NPZReader(path)
    #expect(reader.names == ["y", "known_on", "gvkey"])
    for _ in 0..<2 {
      #expect(values(try reader.array("y", of: UInt8.self)) == [0, 1, 255])
      #expect(values(try reader.array("known_on", of: Int32.self)) == [16_708, -5, 7, 9])
      let texts = try reader.array("gvkey", as: .text(width: 4), of: UInt8.self)
      #expect(values(texts) == Array("0001abcd".utf8))
    }
  }

  @Test("What is written is read back")
  func roundTrip() throws {
    try writeSample()
    try expectSample()
  }

  @Test("Equal arrays give equal bytes, and those are the committed ones, which NumPy opens")
  func bytes() throws {
    try writeSample()
    let expected = try FileBytes.read(fixture("written.npz"))
    #expect(try FileBytes.read(path) == expected)
  }

  @Test("Elements lie at multiples of 64 bytes")
  func alignment() throws {
    try writeSample()
    let reader = try NPZReader(path)
    for name in reader.names {
      let (header, start) = try reader.header(name)
      #expect(start % 64 == 0 && header.dataOffset % 64 == 0)
    }
    #expect(try reader.header("known_on").header.shape == [4])
  }

  @Test(
    "ZIP64 fields are written where sizes or offsets need them, and read", arguments: [0, 130, 300])
  func long(threshold: Int) throws {
    try writeSample(longThreshold: threshold)
    let expected = try FileBytes.read(fixture("written64-\(threshold).npz"))
    #expect(try FileBytes.read(path) == expected)
    try expectSample()
    #expect(try NPZReader(path).header("y").start % 64 == 0)
  }

  @Test("An archive without arrays")
  func empty() throws {
    try NPZWriter(creating: path).finish()
    #expect(try NPZReader(path).names.isEmpty)
    #expect(throws: StorageError.self) { try NPZReader(path).array("y", of: UInt8.self) }
  }

  @Test("Archives of NumPy, whose elements are not aligned")
  func numpy() throws {
    let reader = try NPZReader(fixture("stored.npz"))
    #expect(reader.names == ["y", "t", "matrix"])
    #expect(values(try reader.array("y", of: UInt8.self)) == [0, 1, 255])
    #expect(values(try reader.array("t", of: Int32.self)) == [.min, .max, 42])
    #expect(
      values(try reader.array("matrix", of: Float.self)) == [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
    #expect(try reader.header("matrix").header.fortranOrder)
  }

  @Test("A deflated member, a missing name and another type are refused")
  func refusals() throws {
    let reader = try NPZReader(fixture("deflated.npz"))
    #expect(
      throws: StorageError.foreign(
        path: fixture("deflated.npz") + "/y.npy", found: "a deflated member",
        accepted: "a stored member")
    ) { try reader.array("y", of: UInt8.self) }
    try writeSample()
    let sample = try NPZReader(path)
    #expect(
      throws: StorageError.foreign(
        path: path, found: "no array 'z'", accepted: "y, known_on, gvkey")
    ) { try sample.array("z", of: UInt8.self) }
    #expect(
      throws: StorageError.foreign(
        path: path + "/y.npy", found: "elements of type '|u1'", accepted: "'<i4'")
    ) { try sample.array("y", of: Int32.self) }
    #expect(throws: StorageError.missing(path: folder.file("none"))) {
      try NPZReader(folder.file("none"))
    }
  }

  @Test("A writer that is dropped leaves nothing")
  func dropping() throws {
    do {
      let labels: [UInt8] = [1]
      var writer = try NPZWriter(creating: path)
      try writer.add("y", labels.span)
    }
    #expect(try folder.names().isEmpty)
  }

  /// Reads every array of an archive that may be damaged; nothing but a `StorageError` may come out.
  private func readAll(_ bytes: [UInt8]) throws -> Bool {
    try folder.write(bytes, to: "damaged.npz")
    do throws(StorageError) {
      let reader = try NPZReader(folder.file("damaged.npz"))
      guard reader.names == ["y", "known_on", "gvkey"] else { return false }
      let labels = values(try reader.array("y", of: UInt8.self))
      let days = values(try reader.array("known_on", of: Int32.self))
      let texts = values(try reader.array("gvkey", as: .text(width: 4), of: UInt8.self))
      #expect(labels == [0, 1, 255] && days == [16_708, -5, 7, 9])
      #expect(texts == Array("0001abcd".utf8))
      return true
    } catch {
      return false
    }
  }

  @Test("Every truncation is noticed")
  func truncation() throws {
    try writeSample()
    let whole = try FileBytes.read(path)
    for count in stride(from: 0, to: whole.count, by: 3) {
      #expect(try !readAll(Array(whole[..<count])), "cut to \(count)")
    }
    #expect(throws: StorageError.incomplete(path: folder.file("damaged.npz"), bytes: 100)) {
      try folder.write(Array(whole[..<100]), to: "damaged.npz")
      return try NPZReader(folder.file("damaged.npz"))
    }
    #expect(throws: StorageError.self) {
      try folder.write(Array("no archive, but long enough for one".utf8), to: "damaged.npz")
      return try NPZReader(folder.file("damaged.npz"))
    }
  }

  @Test("A flipped bit is noticed or harms no value", arguments: [0xFFFF_FFFF, 130])
  func flips(threshold: Int) throws {
    try writeSample(longThreshold: threshold)
    let whole = try FileBytes.read(path)
    for offset in 0..<whole.count {
      var flipped = whole
      flipped[offset] ^= 1 << UInt8(offset % 8)
      _ = try readAll(flipped)
    }
  }

  @Test("A flipped bit in the elements is a damaged chunk")
  func corruption() throws {
    try writeSample()
    var bytes = try FileBytes.read(path)
    let (header, start) = try NPZReader(path).header("y")
    bytes[start + header.dataOffset + 1] ^= 1
    try folder.write(bytes, to: "bad.npz")
    let reader = try NPZReader(folder.file("bad.npz"))
    for _ in 0..<2 {
      #expect(throws: StorageError.corrupted(path: folder.file("bad.npz"), offset: start)) {
        try reader.array("y", of: UInt8.self)
      }
    }
    #expect(values(try reader.array("known_on", of: Int32.self)).count == 4)
  }

  @Test("Hostile numbers in the directory are typed errors")
  func hostile() throws {
    try writeSample()
    let whole = try FileBytes.read(path)
    // The end record is the last 22 bytes: counts at 8 and 10, size at 12, offset at 16.
    let end = whole.count - 22
    let directory = Int(whole.span.numberBytes.word32(at: end + 16))
    let fields = [
      end + 4, end + 6, end + 8, end + 10, end + 12, end + 16, directory + 8, directory + 10,
      directory + 20, directory + 24, directory + 28, directory + 30, directory + 32,
      directory + 34, directory + 42,
    ]
    for field in fields {
      for value: UInt32 in [0xFFFF_FFFF, 0x7FFF_FFFF, 0xFFFF_0001] {
        var hostile = whole
        for byte in 0..<(field < end + 12 && field >= end ? 2 : 4) where field + byte < whole.count
        {
          hostile[field + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte))
        }
        #expect(try !readAll(hostile), "field at \(field - end)")
      }
    }
  }
}
