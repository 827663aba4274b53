internal import QuantCore

/// XGBoost writes its parameters as texts in an object.
enum XGBoostParameters {
  /// Takes an object of texts.
  static func texts(
    _ reader: inout some DocumentReader
  ) throws(StorageError) -> [String: String] {
    var texts: [String: String] = [:]
    try reader.object { reader, key throws(StorageError) in texts[key] = try reader.text() }
    return texts
  }

  /// Takes an object of whole numbers in texts.
  static func integers(
    _ reader: inout some DocumentReader
  ) throws(StorageError) -> [String: Int] {
    var integers: [String: Int] = [:]
    try reader.object { reader, key throws(StorageError) in
      let text = Array(try reader.text().utf8)
      guard let value = NumberText.integer(text[...]) else {
        throw reader.foreign("\(Excerpt(key)) that is no number", accepted: "a whole number")
      }
      integers[key] = value
    }
    return integers
  }

  /// A base score: `5E-1`, or from version 3.1 on `[5E-1]`; `nil` for anything but one number.
  static func baseScore(_ text: String) -> Float? {
    var digits = Array(text.utf8)[...]
    if digits.first == UInt8(ascii: "["), digits.last == UInt8(ascii: "]") {
      digits = digits.dropFirst().dropLast()
    }
    return NumberText.float(digits)
  }
}
