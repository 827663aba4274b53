/// A table of results on its way to a file.
///
/// Every table of a run folder goes through this type, so the format of result files is decided here
/// and nowhere else. It is CSV: UTF-8, LF, a header, an empty cell for what is missing or undefined,
/// and the shortest decimal that reads back as the same number. Text cells that a spreadsheet would
/// take for a formula get a leading apostrophe.
public struct ResultTable: Sendable {
  /// The ending of result files.
  public static let fileExtension = "csv"

  /// One value.
  public enum Cell: Hashable, Sendable {
    /// A whole number.
    case integer(Int?)
    /// A number; one that is not finite is written as missing.
    case number(Double?)
    /// A number rounded to so many decimals, for measurements.
    case rounded(Double?, Int)
    /// A text.
    case text(String?)
    /// `true` or `false`.
    case boolean(Bool?)

    /// A missing value.
    public static let missing = Cell.text(nil)
  }

  /// The names of the columns.
  public let columns: [String]
  /// The number of rows.
  public private(set) var rowCount = 0
  private let header: CSVWriter
  private var body: CSVWriter

  /// An empty table.
  public init(_ columns: [String]) {
    self.columns = columns
    header = CSVWriter(columns: columns)
    body = header
    _ = body.drain()
  }

  /// Adds a row of one cell for each column.
  public mutating func append(_ cells: [Cell]) {
    precondition(cells.count == columns.count, "a row needs one cell for each column")
    for cell in cells {
      switch cell {
      case .integer(let value?): body.integer(value)
      case .number(let value?) where value.isFinite: body.number(value)
      case .rounded(let value?, let decimals) where value.isFinite:
        let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        body.number((value * scale).rounded() / scale)
      case .boolean(let value?): body.boolean(value)
      case .text(let value?): body.text(value)
      default: body.missing()
      }
    }
    body.endRow()
    rowCount += 1
  }

  /// The content of the file.
  public func encoded() -> [UInt8] { header.bytes + body.bytes }

  /// The content of the file without its header.
  func encodedRows() -> [UInt8] { body.bytes }

  /// Writes the file whole, replacing one that is there.
  ///
  /// - Throws: `StorageError.unwritable`; nothing is left behind and the old file is untouched.
  public func write(to path: String) throws(StorageError) {
    try AtomicFile.write(encoded().span.numberBytes, to: path)
  }
}
