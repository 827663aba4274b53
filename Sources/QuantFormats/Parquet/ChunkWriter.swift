internal import QuantCore

/// The pages of one column of a row group.
struct ChunkWriter {
  private(set) var pages: [[UInt8]] = []
  /// Bytes of all pages with their headers, decompressed.
  private(set) var plainSize = 0
  private var nulls = 0
  private var smallest: [UInt8]?
  private var largest: [UInt8]?
  private var dictionarySize = 0
  private let compression: ParquetCompression

  /// Bytes of all pages with their headers, as they are written.
  var size: Int { pages.reduce(0) { $0 + $1.count } }

  init(
    _ column: ParquetColumn, _ values: ParquetValues, rows: Range<Int>,
    compression: ParquetCompression
  ) {
    self.compression = compression
    var content: [UInt8] = []
    var present = Array(rows)
    if column.isNullable {
      present = rows.filter { !values.isMissing($0) }
      nulls = rows.count - present.count
      let levels = HybridEncoder.encode(
        rows.map { values.isMissing($0) ? 0 : 1 }, width: 1)
      content += Self.bytes(levels.count) + levels
    }
    var encoding = ParquetEncoding.plain
    if case .texts(let column) = values {
      encoding = .dictionary
      content += appendDictionary(column, present)
    } else {
      let plain = PlainEncoder(values, rows: present)
      (smallest, largest) = (plain.smallest, plain.largest)
      content += plain.bytes
    }
    append(
      content, type: .data,
      (
        5,
        .structure([
          (1, .int32(rows.count)), (2, .int32(encoding.rawValue)),
          (3, .int32(ParquetEncoding.runLength.rawValue)),
          (4, .int32(ParquetEncoding.runLength.rawValue)),
        ])
      ))
  }

  /// Writes the texts of some rows as a dictionary page and returns their indices with a byte of width.
  private mutating func appendDictionary(_ column: TextColumn, _ rows: [Int]) -> [UInt8] {
    // Only texts of these rows, in order of first appearance.
    var places = [Int32](repeating: -1, count: column.values.count)
    var texts: [String] = []
    let codes = rows.map { row -> Int32 in
      let code = Int(column.codes[row])
      if places[code] < 0 {
        places[code] = Int32(texts.count)
        texts.append(column.values[code])
      }
      return places[code]
    }
    let plain = PlainEncoder(texts: texts)
    (smallest, largest) = (plain.smallest, plain.largest)
    append(
      plain.bytes, type: .dictionary,
      (
        7,
        .structure([(1, .int32(texts.count)), (2, .int32(ParquetEncoding.plain.rawValue))])
      ))
    dictionarySize = size
    let width = max(1, Int.bitWidth - max(0, texts.count - 1).leadingZeroBitCount)
    return [UInt8(width)] + HybridEncoder.encode(codes, width: width)
  }

  private mutating func append(
    _ content: [UInt8], type: PageType, _ details: (Int, ThriftWriter.Field)
  ) {
    let packed = compression.compress(content)
    let checksum = Int32(bitPattern: CRC32.hash(packed.span.numberBytes))
    let header = ThriftWriter.bytes(of: [
      (1, .int32(type.rawValue)), (2, .int32(content.count)), (3, .int32(packed.count)),
      (4, .int32(Int(checksum))), details,
    ])
    pages.append(header + packed)
    plainSize += header.count + content.count
  }

  /// What the footer says of the chunk.
  func metadata(
    at offset: Int, column: ParquetColumn, rows: Int
  ) -> [(Int, ThriftWriter.Field)] {
    let hasDictionary = dictionarySize > 0
    let encodings: [ParquetEncoding] =
      hasDictionary ? [.plain, .runLength, .dictionary] : [.plain, .runLength]
    var statistics: [(Int, ThriftWriter.Field)] = [(3, .int64(nulls))]
    if let largest { statistics.append((5, .bytes(largest))) }
    if let smallest { statistics.append((6, .bytes(smallest))) }
    var fields: [(Int, ThriftWriter.Field)] = [
      (1, .int32(column.type.physical.rawValue)), (2, .int32s(encodings.map(\.rawValue))),
      (3, .texts([column.name])), (4, .int32(compression.code)), (5, .int64(rows)),
      (6, .int64(plainSize)), (7, .int64(size)), (8, .structures([ParquetSeal.pair(of: pages)])),
      (9, .int64(offset + dictionarySize)),
    ]
    if hasDictionary { fields.append((11, .int64(offset))) }
    fields.append((12, .structure(statistics)))
    return [(2, .int64(offset)), (3, .structure(fields))]
  }

  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
  }
}

extension ParquetCompression {
  /// Compresses a page; where a library fails for want of memory there is nothing sensible to do.
  func compress(_ content: [UInt8]) -> [UInt8] {
    let packed: [UInt8]? =
      switch self {
      case .none: content
      case .snappy: Snappy.compress(content.span.numberBytes)
      case .gzip: try? Zlib.gzip(content.span.numberBytes)
      case .zstd: Zstandard.compress(content.span.numberBytes, level: 3)
      }
    guard let packed else { preconditionFailure("not enough memory to compress a page") }
    return packed
  }
}
