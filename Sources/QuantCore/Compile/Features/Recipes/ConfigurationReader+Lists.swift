// Lists in which a single element may stand without brackets.
extension ConfigurationReader {
  /// A list of at least one text, or one text.
  mutating func oneOrMoreStrings(
    _ name: String, _ help: String
  ) throws(ConfigurationError) -> [String] {
    let type = "text or list of texts"
    switch take(name, type: type, default: nil, help) {
    case .string(let text): return [text]
    case .array(let values) where !values.isEmpty:
      var result: [String] = []
      for (index, value) in values.enumerated() {
        guard case .string(let text) = value else {
          throw mismatch("\(name)[\(index)]", value, "a text")
        }
        result.append(text)
      }
      return result
    case let other?: throw mismatch(name, other, "a text, or a list of at least one text")
    case nil:
      if isDescribing { return [] }
      throw missing(name, type)
    }
  }

  /// A list of at least one whole number, each once, or one whole number.
  mutating func oneOrMoreIntegers(
    _ name: String, default defaultValue: [Int], _ help: String, in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> [Int] {
    let bounds = "\(range.lowerBound) to \(range.upperBound)"
    let type = "whole number or list of them, each \(bounds)"
    let document = JSONValue.array(defaultValue.map { .integer($0) })
    switch take(name, type: type, default: document, help) {
    case .integer(let number) where range.contains(number): return [number]
    case .array(let values) where !values.isEmpty:
      var result: [Int] = []
      for (index, value) in values.enumerated() {
        guard case .integer(let number) = value, range.contains(number), !result.contains(number)
        else {
          throw mismatch(
            "\(name)[\(index)]", value, "a whole number, \(bounds), each number once")
        }
        result.append(number)
      }
      return result
    case let other?: throw mismatch(name, other, "a whole number or a list of them, \(bounds)")
    case nil: return defaultValue
    }
  }
}
