internal import QuantCore

/// What stands before the bytes of a page.
struct PageHeader {
  var type: PageType
  var values: Int
  var encoding: ParquetEncoding?
  /// Bytes of the page in the file, behind the header.
  var size: Int
  /// Bytes of the page when decompressed.
  var plainSize: Int
  var checksum: UInt32?
  /// Bytes of the definition levels before the values, which version 2 does not compress.
  var levelBytes = 0
  var isCompressed = true

  /// Reads a header and returns the offset behind it; `nil` where it makes no sense.
  static func read(_ bytes: RawSpan, at offset: Int) -> (header: PageHeader, end: Int)? {
    var reader = ThriftReader(bytes, at: offset)
    guard let fields = reader.structure(), let code = fields[1]?.integer,
      let plainSize = fields[2]?.integer, let size = fields[3]?.integer,
      size >= 0, plainSize >= 0, size <= bytes.byteCount - reader.offset
    else { return nil }
    guard let type = PageType(rawValue: Int(clamping: code)) else { return nil }
    let details: ThriftValue?
    switch type {
    case .data: details = fields[5]
    case .dictionary: details = fields[7]
    case .dataV2: details = fields[8]
    case .index: details = .structure([1: .integer(0), 2: .integer(0)])
    }
    guard let details, let values = details[1]?.integer, values >= 0, values <= 1 << 40,
      let encoding = details[type == .dataV2 ? 4 : 2]?.integer
    else { return nil }
    var header = PageHeader(
      type: type, values: Int(values), encoding: ParquetEncoding(rawValue: Int(clamping: encoding)),
      size: Int(size), plainSize: Int(plainSize),
      checksum: fields[4]?.integer.map { UInt32(truncatingIfNeeded: $0) })
    if type == .dataV2 {
      guard let definition = details[5]?.integer, let repetition = details[6]?.integer,
        definition >= 0, repetition == 0, definition <= size, definition <= plainSize
      else { return nil }
      header.levelBytes = Int(definition)
      header.isCompressed = details[7]?.boolean ?? true
    }
    return (header, reader.offset)
  }
}
