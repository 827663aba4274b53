internal import QuantCore

/// Reads the pages of one column of a row group.
struct ChunkReader {
  let path: String
  let leaf: ParquetFooter.Leaf
  let chunk: ParquetFooter.Chunk

  /// Appends all values of the chunk, missing ones included.
  ///
  /// - Throws: `StorageError.corrupted` at the page, also where its checksum does not hold; `.foreign`
  ///   for a compression or an encoding that is not read.
  func read<Element>(
    _ file: RawSpan, into values: inout ColumnBuffer<Element>
  ) throws(StorageError) {
    guard let compression = chunk.compression else {
      throw .foreign(
        path: path, found: "column '\(leaf.column.name)' in another compression",
        accepted: "none, snappy, gzip or zstd")
    }
    var offset = chunk.bytes.lowerBound
    if let checksum = chunk.checksum, XXH64.hash(file.extracting(chunk.bytes)) != checksum {
      throw .corrupted(path: path, offset: offset)
    }
    var rest = chunk.values
    var plain: [UInt8] = []
    while rest > 0 {
      let start = offset
      func damaged() -> StorageError { .corrupted(path: path, offset: start) }
      let pages = file.extracting(0..<chunk.bytes.upperBound)
      guard let (header, end) = PageHeader.read(pages, at: offset) else { throw damaged() }
      let page = pages.extracting(end..<end + header.size)
      offset = end + header.size
      if let checksum = header.checksum, CRC32.hash(page) != checksum { throw damaged() }
      if header.type == .index { continue }
      let levels = page.extracting(0..<header.levelBytes)
      let packed = page.extracting(header.levelBytes..<page.byteCount)
      let size = header.plainSize - header.levelBytes
      if compression == .none || !header.isCompressed {
        guard packed.byteCount == size else { throw damaged() }
        try take(header, levels: levels, packed, rest: &rest, into: &values, damaged: damaged())
      } else {
        guard size <= 1 << 26 + 256 * packed.byteCount,
          compression.decompress(packed, size: size, into: &plain)
        else { throw damaged() }
        try take(
          header, levels: levels, plain.span.numberBytes, rest: &rest, into: &values,
          damaged: damaged())
      }
    }
  }

  /// Takes over a dictionary or the values of a data page.
  private func take<Element>(
    _ header: PageHeader, levels: RawSpan, _ content: RawSpan, rest: inout Int,
    into values: inout ColumnBuffer<Element>, damaged: StorageError
  ) throws(StorageError) {
    if header.type == .dictionary {
      guard header.values <= content.byteCount + 1,
        [.plain, .plainDictionary].contains(header.encoding),
        values.setDictionary(content, count: header.values)
      else { throw damaged }
      return
    }
    guard header.values <= rest, header.values > 0 else { throw damaged }
    try append(header, levels: levels, content, into: &values, damaged: damaged)
    rest -= header.values
  }

  private func append<Element>(
    _ header: PageHeader, levels: RawSpan, _ content: RawSpan,
    into values: inout ColumnBuffer<Element>, damaged: StorageError
  ) throws(StorageError) {
    var first = 0
    var present: [UInt8] = []
    if leaf.column.isNullable {
      var levels = levels
      if header.type == .data {
        guard content.byteCount >= 4 else { throw damaged }
        let size = Int(content.word32(at: 0))
        guard size <= content.byteCount - 4 else { throw damaged }
        levels = content.extracting(4..<4 + size)
        first = 4 + size
      }
      var decoder = HybridDecoder(levels, width: 1)
      guard decoder.decode(header.values, into: &present) else { throw damaged }
    }
    let count = present.isEmpty ? header.values : present.reduce(0) { $0 + Int($1) }
    let dense = content.extracting(first..<content.byteCount)
    let start = values.count
    let isDone: Bool
    switch header.encoding {
    case .plain: isDone = values.appendPlain(dense, count: count)
    case .dictionary, .plainDictionary: isDone = values.appendIndices(dense, count: count)
    case .runLength where leaf.column.type == .boolean:
      isDone = values.appendRuns(dense, count: count)
    case let other:
      throw .foreign(
        path: path,
        found: "column '\(leaf.column.name)' in encoding \(other.map { "\($0)" } ?? "unknown")",
        accepted: "plain, dictionary or run lengths")
    }
    guard isDone else { throw damaged }
    if count < header.values { values.spread(from: start, present: present) }
  }
}

extension ParquetCompression {
  /// Decompresses a page of exactly `size` bytes.
  func decompress(_ packed: RawSpan, size: Int, into plain: inout [UInt8]) -> Bool {
    if self == .gzip {
      plain.removeAll(keepingCapacity: true)
      let end = try? Zlib.inflate(packed, from: 0, framing: .gzip, into: &plain, limit: size)
      return end != nil && plain.count == size
    }
    if plain.count > size {
      plain.removeLast(plain.count - size)
    } else {
      plain.append(contentsOf: repeatElement(0, count: size - plain.count))
    }
    if size == 0 { return true }
    return self == .snappy
      ? Snappy.decompress(packed, into: &plain) : Zstandard.decompress(packed, into: &plain)
  }
}
