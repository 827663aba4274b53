/// Reads the directory of a ZIP archive, believing nothing: every offset and size is checked.
///
/// Accepted is what NumPy and this package write: one disk, no encryption, stored or deflated members,
/// with or without ZIP64.
enum ZipDirectory {
  /// The members in the order of the directory; their content lies inside the archive.
  ///
  /// - Throws: `StorageError.foreign` or `.incomplete`.
  static func members(of archive: RawSpan, path: String) throws(StorageError) -> [ZipMember] {
    guard let end = endOffset(in: archive) else {
      let isEmptyOrCut = archive.byteCount < 22 || archive.word32(at: 0) == ZipFormat.localHeader
      throw isEmptyOrCut
        ? .incomplete(path: path, bytes: archive.byteCount)
        : .foreign(path: path, found: "no ZIP directory", accepted: "a NumPy archive (.npz)")
    }
    let table = try extent(in: archive, end: end, path: path)
    var cursor = ZipCursor(archive.extracting(0..<table.offset + table.size), at: table.offset)
    var members: [ZipMember] = []
    var names: Set<String> = []
    for _ in 0..<table.count {
      guard let member = member(&cursor, limit: table.offset) else {
        throw malformed(path, "directory entry \(members.count + 1)")
      }
      guard names.insert(member.name).inserted else {
        throw malformed(path, "member '\(member.name)' twice")
      }
      members.append(member)
    }
    guard cursor.isAtEnd else { throw malformed(path, "bytes behind the directory") }
    return members
  }

  /// Where the content of a member lies, from its local header.
  ///
  /// - Throws: `StorageError.foreign` where the local header contradicts the directory.
  static func content(
    of member: ZipMember, in archive: RawSpan, path: String
  ) throws(StorageError) -> Range<Int> {
    var cursor = ZipCursor(archive, at: member.headerOffset)
    guard cursor.word() == ZipFormat.localHeader, cursor.skip(4),
      cursor.half() == member.method.rawValue, cursor.skip(16), let nameLength = cursor.half(),
      let extraLength = cursor.half(), let name = cursor.text(Int(nameLength)),
      name == member.name, cursor.skip(Int(extraLength)),
      member.storedSize <= archive.byteCount - cursor.position
    else { throw malformed(path, "the header of member '\(member.name)'") }
    return cursor.position..<cursor.position + member.storedSize
  }

  private static func malformed(_ path: String, _ found: String) -> StorageError {
    .foreign(path: path, found: "a malformed archive: \(found)", accepted: "a NumPy archive (.npz)")
  }

  /// The last place that looks like the end record and whose comment reaches the end of the file.
  private static func endOffset(in archive: RawSpan) -> Int? {
    var offset = archive.byteCount - 22
    let lowest = max(0, offset - 0xFFFF)
    while offset >= lowest {
      if archive.word32(at: offset) == ZipFormat.directoryEnd,
        Int(archive.word32(at: offset + 18) >> 16) == archive.byteCount - offset - 22
      {
        return offset
      }
      offset -= 1
    }
    return nil
  }

  private static func extent(
    in archive: RawSpan, end: Int, path: String
  ) throws(StorageError) -> (offset: Int, size: Int, count: Int) {
    var cursor = ZipCursor(archive, at: end + 4)
    guard let disk = cursor.half(), let firstDisk = cursor.half(), let here = cursor.half(),
      let all = cursor.half(), let size = cursor.word(), let offset = cursor.word()
    else { throw malformed(path, "the end record") }
    let isLong = all == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF
    var table: (offset: UInt64, size: UInt64, count: UInt64, limit: Int)
    if isLong, let long = extent64(in: archive, end: end) {
      table = long
    } else {
      guard disk == 0, firstDisk == 0, here == all else { throw malformed(path, "several disks") }
      table = (UInt64(offset), UInt64(size), UInt64(all), end)
    }
    // An entry has at least 46 bytes, so a believable count is bounded by the size of the file.
    guard table.offset <= UInt64(table.limit), table.size == UInt64(table.limit) - table.offset,
      table.count <= table.size / 46
    else { throw malformed(path, "the directory does not lie before its end record") }
    return (Int(table.offset), Int(table.size), Int(table.count))
  }

  private static func extent64(
    in archive: RawSpan, end: Int
  ) -> (offset: UInt64, size: UInt64, count: UInt64, limit: Int)? {
    var locator = ZipCursor(archive, at: end - 20)
    guard locator.word() == ZipFormat.directoryEnd64Locator, locator.word() == 0,
      let place = locator.long(), locator.word() == 1, let start = Int(exactly: place)
    else { return nil }
    var record = ZipCursor(archive, at: start)
    guard record.word() == ZipFormat.directoryEnd64, let rest = record.long(),
      start <= end - 20 - 56, rest == UInt64(end - 20 - start - 12), record.skip(4),
      record.word() == 0, record.word() == 0, let here = record.long(), let all = record.long(),
      here == all, let size = record.long(), let offset = record.long()
    else { return nil }
    return (offset, size, all, start)
  }

  private static func member(_ cursor: inout ZipCursor, limit: Int) -> ZipMember? {
    guard cursor.word() == ZipFormat.directoryHeader, cursor.skip(4), let flags = cursor.half(),
      flags & 1 == 0, let method = cursor.half().flatMap(ZipMember.Method.init), cursor.skip(4),
      let checksum = cursor.word(), let stored = cursor.word(), let size = cursor.word(),
      let nameLength = cursor.half(), let extraLength = cursor.half(),
      let commentLength = cursor.half(), cursor.half() == 0, cursor.skip(6),
      let offset = cursor.word(), let name = cursor.text(Int(nameLength)),
      let extra = cursor.span(Int(extraLength)), cursor.skip(Int(commentLength))
    else { return nil }
    var sizes = (UInt64(stored), UInt64(size), UInt64(offset))
    if stored == 0xFFFF_FFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      guard var long = longField(ZipCursor(extra, at: 0)) else { return nil }
      if size == 0xFFFF_FFFF { sizes.1 = long.long() ?? .max }
      if stored == 0xFFFF_FFFF { sizes.0 = long.long() ?? .max }
      if offset == 0xFFFF_FFFF { sizes.2 = long.long() ?? .max }
    }
    guard sizes.0 <= UInt64(limit), sizes.2 <= UInt64(limit) - sizes.0,
      let contentSize = Int(exactly: sizes.1), method == .deflated || sizes.0 == sizes.1
    else { return nil }
    return ZipMember(
      name: name, method: method, checksum: checksum, storedSize: Int(sizes.0), size: contentSize,
      headerOffset: Int(sizes.2))
  }

  /// The ZIP64 field of an extra area.
  @_lifetime(copy extra)
  private static func longField(_ extra: consuming ZipCursor) -> ZipCursor? {
    while let identifier = extra.half(), let length = extra.half(),
      let content = extra.span(Int(length))
    {
      if identifier == ZipFormat.extra64 { return ZipCursor(content, at: 0) }
    }
    return nil
  }
}
