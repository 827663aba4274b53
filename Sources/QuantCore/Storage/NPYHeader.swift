/// What the header of a NumPy array says.
public struct NPYHeader: Hashable, Sendable {
  /// The element type.
  public let type: NPYType
  /// Elements along each axis; an empty shape is a single number.
  public let shape: [Int]
  /// Whether the first axis varies fastest (column-major).
  public let fortranOrder: Bool
  /// Where the elements start: bytes of the header with its magic.
  public let dataOffset: Int
  /// Number of elements.
  public let count: Int

  /// Bytes of all elements.
  public var dataByteCount: Int { count * type.byteCount }
}

extension NPYHeader {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads a header of version 1.0 or 2.0 and checks that the bytes hold exactly its elements.
  ///
  /// - Parameters:
  ///   - bytes: the whole file or member.
  ///   - path: what errors name.
  /// - Throws: `StorageError.foreign` for anything but a simple array, `.unsupportedVersion`, or
  ///   `.truncated` where bytes are missing or left over.
  package init(parsing bytes: RawSpan, path: String) throws(StorageError) {
    let accepted = "a NumPy array file (.npy)"
    guard bytes.byteCount >= 10, [UInt8](copying: bytes.extracting(0..<6)) == Self.magic else {
      throw .foreign(path: path, found: "other content", accepted: accepted)
    }
    let (major, minor) = (bytes.byte(at: 6), bytes.byte(at: 7))
    guard minor == 0, major == 1 || major == 2 else {
      throw .unsupportedVersion(path: path, found: "\(major).\(minor)", accepted: "1.0 and 2.0")
    }
    let start = major == 1 ? 10 : 12
    guard bytes.byteCount >= start else {
      throw .truncated(path: path, expected: start, actual: bytes.byteCount)
    }
    let length = major == 1 ? Int(bytes.word32(at: 6) >> 16) : Int(bytes.word32(at: 8))
    guard length <= bytes.byteCount - start else {
      throw .truncated(path: path, expected: start + length, actual: bytes.byteCount)
    }
    var dictionary = NPYDictionary([UInt8](copying: bytes.extracting(start..<start + length)))
    guard let entries = dictionary.parse() else {
      throw .foreign(path: path, found: "a malformed header", accepted: accepted)
    }
    guard let type = NPYType(rawValue: entries.type) else {
      throw .foreign(
        path: path, found: "elements of type '\(entries.type)'",
        accepted: "numbers, days and texts such as '<f4', '<i4', '|u1', '<M8[D]', '|S8', '<U8'")
    }
    var size = type.byteCount
    for length in entries.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard !overflow else {
        throw .foreign(path: path, found: "shape \(entries.shape)", accepted: "fewer elements")
      }
      size = product
    }
    // An axis of length 0 could hide an overflow before it, which the loop has refused as well.
    let (expected, overflow) = size.addingReportingOverflow(start + length)
    guard !overflow, expected == bytes.byteCount else {
      throw .truncated(
        path: path, expected: overflow ? Int.max : expected, actual: bytes.byteCount)
    }
    self.init(
      type: type, shape: entries.shape, fortranOrder: entries.fortranOrder,
      dataOffset: start + length, count: size / type.byteCount)
  }
}
