// One method for each kind of field. Where `default` is `nil` the field is required; a describing
// reader returns a neutral value for it.
extension ConfigurationReader {
  /// A text.
  public mutating func string(
    _ name: String, default defaultValue: String? = nil, _ help: String
  ) throws(ConfigurationError) -> String {
    switch take(name, type: "text", default: defaultValue.map { .string($0) }, help) {
    case .string(let value): return value
    case let other?: throw mismatch(name, other, "a text")
    case nil: return try absent(name, "a text", defaultValue, neutral: "")
    }
  }

  /// A text that may be left out.
  public mutating func optionalString(
    _ name: String, _ help: String
  ) throws(ConfigurationError) -> String? {
    switch take(name, type: "text", default: .null, help) {
    case .string(let value): return value
    case let other?: throw mismatch(name, other, "a text")
    case nil: return nil
    }
  }

  /// A whole number in a range.
  public mutating func integer(
    _ name: String, default defaultValue: Int? = nil, _ help: String, in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> Int {
    let type = "whole number, \(bounds(range))"
    switch take(name, type: type, default: defaultValue.map { .integer($0) }, help) {
    case .integer(let value) where range.contains(value): return value
    case let other?: throw mismatch(name, other, type)
    case nil: return try absent(name, type, defaultValue, neutral: range.lowerBound)
    }
  }

  /// A whole number in a range that may be left out.
  public mutating func optionalInteger(
    _ name: String, _ help: String, in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> Int? {
    let type = "whole number, \(bounds(range))"
    switch take(name, type: type, default: .null, help) {
    case .integer(let value) where range.contains(value): return value
    case let other?: throw mismatch(name, other, type)
    case nil: return nil
    }
  }

  /// A number that `accepts` holds for; `accepted` says it in words, such as `0 < x ≤ 1`.
  public mutating func number(
    _ name: String, default defaultValue: Double? = nil, _ help: String, accepted: String,
    where accepts: (Double) -> Bool
  ) throws(ConfigurationError) -> Double {
    let type = "number, \(accepted)"
    switch take(name, type: type, default: defaultValue.map { .number($0) }, help) {
    case .number(let value) where accepts(value): return value
    case .integer(let value) where accepts(Double(value)): return Double(value)
    case let other?: throw mismatch(name, other, type)
    case nil: return try absent(name, type, defaultValue, neutral: 0)
    }
  }

  /// `true` or `false`.
  public mutating func bool(
    _ name: String, default defaultValue: Bool, _ help: String
  ) throws(ConfigurationError) -> Bool {
    switch take(name, type: "true or false", default: .bool(defaultValue), help) {
    case .bool(let value): return value
    case let other?: throw mismatch(name, other, "true or false")
    case nil: return defaultValue
    }
  }

  /// One of the cases of an enumeration, written as its raw value.
  public mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, default defaultValue: Choice?, _ help: String
  ) throws(ConfigurationError) -> Choice
  where Choice.RawValue == String, Choice.AllCases == [Choice] {
    let names = Choice.allCases.map(\.rawValue)
    let type = "one of " + names.joined(separator: ", ")
    switch take(name, type: type, default: defaultValue.map { .string($0.rawValue) }, help) {
    case .string(let value):
      guard let choice = Choice(rawValue: value) else {
        let near = NearestName.suggestion(for: value, among: names).map {
          "; did you mean '\($0)'?"
        }
        let text = JSONValue.string(value).canonicalText.dropFirst().dropLast().prefix(80)
        throw error(name, "'\(text)'", accepted: type + (near ?? ""))
      }
      return choice
    case let other?: throw mismatch(name, other, type)
    case nil:
      guard let value = defaultValue ?? (isDescribing ? Choice.allCases.first : nil) else {
        throw missing(name, type)
      }
      return value
    }
  }

  /// A list of texts.
  public mutating func strings(
    _ name: String, default defaultValue: [String]? = nil, _ help: String
  ) throws(ConfigurationError) -> [String] {
    let type = "list of texts"
    let document = defaultValue.map { JSONValue.array($0.map { .string($0) }) }
    switch take(name, type: type, default: document, help) {
    case .array(let values):
      var result: [String] = []
      for (index, value) in values.enumerated() {
        guard case .string(let text) = value else {
          throw mismatch("\(name)[\(index)]", value, "a text")
        }
        result.append(text)
      }
      return result
    case let other?: throw mismatch(name, other, type)
    case nil: return try absent(name, type, defaultValue, neutral: [])
    }
  }

  /// A list of whole numbers in a range.
  public mutating func integers(
    _ name: String, default defaultValue: [Int]? = nil, _ help: String, in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> [Int] {
    let type = "list of whole numbers, each \(bounds(range))"
    let document = defaultValue.map { JSONValue.array($0.map { .integer($0) }) }
    switch take(name, type: type, default: document, help) {
    case .array(let values):
      var result: [Int] = []
      for (index, value) in values.enumerated() {
        guard case .integer(let number) = value, range.contains(number) else {
          throw mismatch("\(name)[\(index)]", value, "a whole number, \(bounds(range))")
        }
        result.append(number)
      }
      return result
    case let other?: throw mismatch(name, other, type)
    case nil: return try absent(name, type, defaultValue, neutral: [])
    }
  }

  /// An object of its own, read by `body`; an absent one is read as empty, so its defaults apply.
  public mutating func object<Value>(
    _ name: String, _ help: String,
    _ body: (inout ConfigurationReader) throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> Value {
    let value = take(name, type: "object", default: .object([:]), help)
    return try nested(value ?? .object([:]), name, body)
  }

  /// An object of its own that may be left out.
  public mutating func optionalObject<Value>(
    _ name: String, _ help: String,
    _ body: (inout ConfigurationReader) throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> Value? {
    let value = take(name, type: "object", default: .null, help)
    guard value != nil || isDescribing else { return nil }
    return try nested(value ?? .object([:]), name, body)
  }

  /// A list of objects, each read by `body`.
  public mutating func objects<Value>(
    _ name: String, _ help: String, required: Bool = false,
    _ body: (inout ConfigurationReader) throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> [Value] {
    let type = "list of objects"
    switch take(name, type: type, default: required ? nil : .array([]), help) {
    case .array(let values):
      var result: [Value] = []
      for (index, value) in values.enumerated() {
        result.append(try nested(value, "\(name)[\(index)]", body))
      }
      return result
    case let other?: throw mismatch(name, other, type)
    case nil:
      if isDescribing { return [try nested(.null, "\(name)[]", body)] }
      if required { throw missing(name, type) }
      return []
    }
  }

  private mutating func nested<Value>(
    _ value: JSONValue, _ name: String,
    _ body: (inout ConfigurationReader) throws(ConfigurationError) -> Value
  ) throws(ConfigurationError) -> Value {
    var reader =
      isDescribing
      ? ConfigurationReader.describing(path: fullName(name))
      : try ConfigurationReader(value, path: fullName(name))
    let result = try body(&reader)
    try reader.finish()
    append(reader.fields)
    return result
  }

  private func absent<Value>(
    _ name: String, _ type: String, _ defaultValue: Value?, neutral: Value
  ) throws(ConfigurationError) -> Value {
    if let defaultValue { return defaultValue }
    if isDescribing { return neutral }
    throw missing(name, type)
  }

  private func bounds(_ range: ClosedRange<Int>) -> String {
    range.upperBound == .max
      ? "≥ \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }
}
