internal import Synchronization

/// Reads the arrays of a NumPy archive, `.npz`, from a mapping.
///
/// The directory is checked when the archive is opened, the checksum of a member when its array is
/// first asked for. Stored members whose elements are aligned, which those of `NPZWriter` are, are used
/// in place; others are copied. Safe to share between threads.
package final class NPZReader: Sendable {
  /// The archive.
  package let path: String
  /// The members, by the order of the directory.
  package let members: [ZipMember]
  private let file: MappedFile
  private let verified: Mutex<[Bool]>

  /// Maps an archive and checks its directory.
  ///
  /// - Throws: `StorageError.missing`, `.unreadable`, `.incomplete` or `.foreign`.
  package init(_ path: String) throws(StorageError) {
    self.path = path
    file = try MappedFile(path: path)
    members = try ZipDirectory.members(of: file.bytes, path: path)
    verified = Mutex(Array(repeating: false, count: members.count))
  }

  /// The names of the arrays, without `.npy`, in the order of the directory.
  package var names: [String] {
    members.map { $0.name.hasSuffix(".npy") ? String($0.name.dropLast(4)) : $0.name }
  }

  /// An array of numbers.
  ///
  /// - Throws: see `array(_:as:of:)`.
  package func array<Element: NPYElement>(
    _ name: String, of element: Element.Type = Element.self
  ) throws(StorageError) -> ArrayFile<Element> {
    try array(name, as: Element.npyType)
  }

  /// An array, in the order of the file.
  ///
  /// - Parameters:
  ///   - name: name of the array, without `.npy`.
  ///   - type: the element type that is expected.
  ///   - element: the Swift type of equal size; for texts `UInt8`, of which there are width times as
  ///     many.
  /// - Throws: `StorageError.foreign` where there is no such array or it has another type, or is
  ///   compressed; `.corrupted` where the checksum is wrong; `.truncated`.
  /// - Complexity: O(bytes) on the first call for the checksum, then O(1).
  package func array<Element: BitwiseCopyable & Sendable>(
    _ name: String, as type: NPYType, of element: Element.Type = Element.self
  ) throws(StorageError) -> ArrayFile<Element> {
    let (header, start) = try header(name)
    let place = location(of: name)
    try header.require(type, path: place)
    return file.elements(at: start + header.dataOffset, byteCount: header.dataByteCount)
  }

  /// The header of an array that is stored uncompressed, and where its file starts in the archive.
  ///
  /// - Throws: see `array(_:as:of:)`.
  package func header(
    _ name: String
  ) throws(StorageError) -> (header: NPYHeader, start: Int) {
    let index = try index(of: name)
    guard members[index].method == .stored else {
      throw .foreign(
        path: location(of: name), found: "a deflated member", accepted: "a stored member")
    }
    let range = try content(index)
    let bytes = file.bytes.extracting(range)
    try verify(index, bytes, at: range.lowerBound)
    return (try NPYHeader(parsing: bytes, path: location(of: name)), range.lowerBound)
  }

  /// The bytes of a member as they are in the archive, unverified, and what the directory says of it.
  ///
  /// - Throws: `StorageError.foreign` where there is no such array.
  package func withStoredBytes<Result>(
    _ name: String, _ body: (ZipMember, RawSpan) throws(StorageError) -> Result
  ) throws(StorageError) -> Result {
    let index = try index(of: name)
    return try body(members[index], file.bytes.extracting(try content(index)))
  }

  /// How errors name a member.
  package func location(of name: String) -> String { path + "/" + name + ".npy" }

  private func index(of name: String) throws(StorageError) -> Int {
    guard let index = members.firstIndex(where: { $0.name == name + ".npy" }) else {
      throw .foreign(
        path: path, found: "no array '\(name)'",
        accepted: names.isEmpty ? "no array at all" : names.joined(separator: ", "))
    }
    return index
  }

  private func content(_ index: Int) throws(StorageError) -> Range<Int> {
    try ZipDirectory.content(of: members[index], in: file.bytes, path: path)
  }

  private func verify(_ index: Int, _ bytes: RawSpan, at offset: Int) throws(StorageError) {
    if verified.withLock({ $0[index] }) { return }
    guard CRC32.hash(bytes) == members[index].checksum else {
      throw .corrupted(path: path, offset: offset)
    }
    verified.withLock { $0[index] = true }
  }
}
