package import QuantCore

extension NPZReader {
  /// An array that may be compressed, in the order of the file.
  ///
  /// - Parameters:
  ///   - name: name of the array, without `.npy`.
  ///   - type: the element type that is expected.
  ///   - limit: the largest content of a compressed member that is accepted, in bytes.
  ///   - element: the Swift type of equal size; for texts `UInt8`, of which there are width times as
  ///     many.
  /// - Throws: as `array(_:as:of:)`, and for compressed members `StorageError.tooLarge`, `.incomplete`
  ///   or `.corrupted`.
  /// - Complexity: O(bytes) for a compressed member, on every call.
  package func inflatedArray<Element: BitwiseCopyable & Sendable>(
    _ name: String, as type: NPYType, limit: Int = 1 << 34, of element: Element.Type = Element.self
  ) throws(StorageError) -> ArrayFile<Element> {
    let place = location(of: name)
    let content: [UInt8]? = try withStoredBytes(name) { (member, bytes) throws(StorageError) in
      guard member.method == .deflated else { return nil }
      return try NPZReader.inflate(member, bytes, path: place, limit: limit)
    }
    guard let content else { return try array(name, as: type) }
    let bytes = content.span.numberBytes
    let header = try NPYHeader(parsing: bytes, path: place)
    try header.require(type, path: place)
    return ArrayFile(
      copying: bytes.extracting(header.dataOffset..<bytes.byteCount),
      count: header.dataByteCount / MemoryLayout<Element>.stride)
  }

  /// The header of an array that may be compressed.
  ///
  /// - Throws: as `inflatedArray`.
  /// - Complexity: O(bytes) for a compressed member, on every call.
  package func inflatedHeader(
    _ name: String, limit: Int = 1 << 34
  ) throws(StorageError) -> NPYHeader {
    let place = location(of: name)
    let content: [UInt8]? = try withStoredBytes(name) { (member, bytes) throws(StorageError) in
      guard member.method == .deflated else { return nil }
      return try NPZReader.inflate(member, bytes, path: place, limit: limit)
    }
    guard let content else { return try header(name).header }
    return try NPYHeader(parsing: content.span.numberBytes, path: place)
  }

  private static func inflate(
    _ member: ZipMember, _ bytes: RawSpan, path: String, limit: Int
  ) throws(StorageError) -> [UInt8] {
    guard member.size <= limit else {
      throw .tooLarge(path: path, bytes: member.size, limit: limit)
    }
    // What cannot come out of so few bytes is not allocated.
    guard member.size / Zlib.largestRatio <= bytes.byteCount else {
      throw .corrupted(path: path, offset: 0)
    }
    var content: [UInt8] = []
    content.reserveCapacity(member.size + 1)
    let end: Int
    do throws(Zlib.Failure) {
      end = try Zlib.inflate(bytes, from: 0, framing: .none, into: &content, limit: member.size)
    } catch {
      throw error == .tooLarge
        ? .corrupted(path: path, offset: 0)
        : error.storageError(path: path, size: bytes.byteCount, limit: member.size)
    }
    guard end == bytes.byteCount, content.count == member.size,
      CRC32.hash(content.span.numberBytes) == member.checksum
    else { throw .corrupted(path: path, offset: 0) }
    return content
  }
}
