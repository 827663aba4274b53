/// A text column as codes into a dictionary of its distinct values.
///
/// The dictionary lists the values in the order of their first appearance in the file, so codes
/// depend on nothing but the content.
public struct TextColumn: Hashable, Sendable {
  /// One code for each row: an index into `values`, or -1 where the value is missing.
  public var codes: [Int32]
  /// The distinct values in order of first appearance.
  public var values: [String]

  /// Creates a column from its parts; every code must be -1 or an index into `values`.
  package init(codes: [Int32], values: [String]) {
    self.codes = codes
    self.values = values
  }

  /// Codes the given texts; `nil` is missing.
  ///
  /// - Complexity: O(n) on average.
  public init(_ texts: [String?]) {
    var codeOf: [ExactText: Int32] = [:]
    var values: [String] = []
    codes = texts.map { text in
      guard let text else { return -1 }
      if let code = codeOf[ExactText(text: text)] { return code }
      let code = Int32(values.count)
      codeOf[ExactText(text: text)] = code
      values.append(text)
      return code
    }
    self.values = values
  }

  /// The number of rows.
  public var count: Int { codes.count }

  /// The text of a row, or `nil` where it is missing.
  public subscript(row: Int) -> String? {
    let code = codes[row]
    return code < 0 ? nil : values[Int(code)]
  }
}
