/// Writes NumPy archives, `.npz`: a ZIP file of one `.npy` member for each array.
///
/// Equal arrays in equal order give equal bytes: time stamps are fixed. Stored members start at a
/// multiple of 64 bytes, and so do their elements, so that a mapped archive is read in place. The file
/// appears whole when `finish` returns, or not at all. Sizes and offsets of 4 GiB and more, and more
/// than 65,534 members, are written as ZIP64.
///
/// ```swift
/// var writer = try NPZWriter(creating: "labels.npz")
/// try writer.add("y", y.span)
/// try writer.finish()
/// ```
package struct NPZWriter: ~Copyable {
  /// The path at which the archive appears.
  package var path: String { file.path }
  private var file: FileWriter
  private var members: [ZipMember] = []
  private let longThreshold: Int

  /// Bytes to whose multiple stored members are aligned.
  private static let alignment = 64

  /// Opens an archive for writing.
  ///
  /// `longThreshold` is the size from which ZIP64 fields are written; tests lower it.
  ///
  /// - Throws: `StorageError.unwritable`.
  package init(
    creating path: String, longThreshold: Int = 0xFFFF_FFFF
  ) throws(StorageError) {
    file = try FileWriter(creating: path)
    self.longThreshold = longThreshold
  }

  /// Adds a one-dimensional array of numbers.
  ///
  /// - Throws: `StorageError.unwritable`.
  package mutating func add<Element: NPYElement>(
    _ name: String, _ elements: Span<Element>
  ) throws(StorageError) {
    try add(
      name, elements.numberBytes, type: Element.npyType, shape: [elements.count])
  }

  /// Adds an array of any type; names must differ.
  ///
  /// - Parameters:
  ///   - name: name of the array, without `.npy`.
  ///   - elements: the bytes of all elements, little-endian, in the order of the file.
  ///   - type: the element type.
  ///   - shape: elements along each axis; their product times the element size must be the size of
  ///     `elements`.
  /// - Throws: `StorageError.unwritable`.
  package mutating func add(
    _ name: String, _ elements: RawSpan, type: NPYType, shape: [Int], fortranOrder: Bool = false
  ) throws(StorageError) {
    precondition(shape.reduce(type.byteCount, *) == elements.byteCount, "shape and size differ")
    let header = NPY.header(type: type, shape: shape, fortranOrder: fortranOrder)
    var checksum = CRC32()
    checksum.update(header.span.numberBytes)
    checksum.update(elements)
    let size = header.count + elements.byteCount
    try begin(
      ZipMember(
        name: name + ".npy", method: .stored, checksum: checksum.value, storedSize: size,
        size: size, headerOffset: file.byteCount))
    try file.write(header.span.numberBytes)
    try file.write(elements)
  }

  /// Adds an array whose `.npy` file was compressed by the caller.
  ///
  /// - Parameters:
  ///   - compressed: the raw deflate stream of header and elements.
  ///   - size: bytes of header and elements.
  ///   - checksum: CRC-32 of header and elements.
  /// - Throws: `StorageError.unwritable`.
  package mutating func add(
    _ name: String, deflated compressed: RawSpan, size: Int, checksum: UInt32
  ) throws(StorageError) {
    try begin(
      ZipMember(
        name: name + ".npy", method: .deflated, checksum: checksum,
        storedSize: compressed.byteCount, size: size, headerOffset: file.byteCount))
    try file.write(compressed)
  }

  /// Writes the directory and publishes the archive.
  ///
  /// - Throws: `StorageError.unwritable`.
  package consuming func finish() throws(StorageError) {
    let start = file.byteCount
    for member in members {
      try file.write(directoryHeader(member).span.numberBytes)
    }
    try file.write(directoryEnd(start: start, end: file.byteCount).span.numberBytes)
    try file.finish()
  }

  private mutating func begin(_ member: ZipMember) throws(StorageError) {
    precondition(
      !members.contains { $0.name == member.name } && member.name.utf8.count <= 0xFFFF,
      "a name must be new and short")
    try file.write(localHeader(member).span.numberBytes)
    members.append(member)
  }

  private func isLong(_ member: ZipMember) -> Bool {
    max(member.size, member.storedSize) >= longThreshold
  }

  private func localHeader(_ member: ZipMember) -> [UInt8] {
    var extra = ZipRecord()
    if isLong(member) {
      extra.append(ZipFormat.extra64, 16)
      extra.append(long: UInt64(member.size), UInt64(member.storedSize))
    }
    if member.method == .stored {
      let plain = member.headerOffset + 30 + member.name.utf8.count + extra.bytes.count + 6
      let padding = (Self.alignment - plain % Self.alignment) % Self.alignment
      extra.append(ZipFormat.extraAlignment, UInt16(2 + padding), UInt16(Self.alignment))
      extra.append(zeros: padding)
    }
    var record = ZipRecord()
    record.append(word: ZipFormat.localHeader)
    appendCommon(member, isLong: isLong(member), to: &record)
    record.append(UInt16(member.name.utf8.count), UInt16(extra.bytes.count))
    record.append(text: member.name)
    return record.bytes + extra.bytes
  }

  private func directoryHeader(_ member: ZipMember) -> [UInt8] {
    let isFar = member.headerOffset >= longThreshold
    let isLong = isLong(member)
    var extra = ZipRecord()
    if isLong || isFar {
      extra.append(ZipFormat.extra64, (isLong ? 16 : 0) + (isFar ? 8 : 0))
      if isLong { extra.append(long: UInt64(member.size), UInt64(member.storedSize)) }
      if isFar { extra.append(long: UInt64(member.headerOffset)) }
    }
    var record = ZipRecord()
    record.append(word: ZipFormat.directoryHeader)
    record.append(isLong || isFar ? 45 : 20)
    appendCommon(member, isLong: isLong, isVersionLong: isLong || isFar, to: &record)
    record.append(UInt16(member.name.utf8.count), UInt16(extra.bytes.count), 0, 0, 0)
    record.append(word: 0, isFar ? 0xFFFF_FFFF : UInt32(member.headerOffset))
    record.append(text: member.name)
    return record.bytes + extra.bytes
  }

  /// The fields from the version that is needed to the sizes, which both headers have.
  private func appendCommon(
    _ member: ZipMember, isLong: Bool, isVersionLong: Bool? = nil, to record: inout ZipRecord
  ) {
    let isPlain = member.name.utf8.allSatisfy { $0 < 0x80 }
    record.append(isVersionLong ?? isLong ? 45 : 20, isPlain ? 0 : ZipFormat.unicodeNames)
    record.append(member.method.rawValue, ZipFormat.time, ZipFormat.date)
    record.append(word: member.checksum)
    record.append(
      word: isLong ? 0xFFFF_FFFF : UInt32(member.storedSize),
      isLong ? 0xFFFF_FFFF : UInt32(member.size))
  }

  private func directoryEnd(start: Int, end: Int) -> [UInt8] {
    var record = ZipRecord()
    let isLong = max(start, end - start) >= longThreshold || members.count >= 0xFFFF
    if isLong {
      record.append(word: ZipFormat.directoryEnd64)
      record.append(long: 44)
      record.append(45, 45)
      record.append(word: 0, 0)
      record.append(long: UInt64(members.count), UInt64(members.count))
      record.append(long: UInt64(end - start), UInt64(start))
      record.append(word: ZipFormat.directoryEnd64Locator, 0)
      record.append(long: UInt64(end))
      record.append(word: 1)
    }
    let count = isLong ? 0xFFFF : UInt16(members.count)
    record.append(word: ZipFormat.directoryEnd)
    record.append(0, 0, count, count)
    record.append(
      word: isLong ? 0xFFFF_FFFF : UInt32(end - start), isLong ? 0xFFFF_FFFF : UInt32(start))
    record.append(0)
    return record.bytes
  }
}
