internal import QuantCore
internal import QuantFormats

/// What a file of numbers is, by the end of its name.
enum DataFile {
  /// A delimited table with a header; the byte between its fields.
  case table(delimiter: UInt8)
  /// A NumPy array.
  case array

  /// `.csv` and `.tsv` are tables, also where `.gz` follows; everything else is an array.
  init(_ path: String) {
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".csv") {
      self = .table(delimiter: UInt8(ascii: ","))
    } else if name.hasSuffix(".tsv") {
      self = .table(delimiter: UInt8(ascii: "\t"))
    } else {
      self = .array
    }
  }

  /// The reader of tables.
  static func reader(threads: Int) -> CSVReader {
    CSVReader(threads: threads, decoders: [GzipDecoder()])
  }
}
