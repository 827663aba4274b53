internal import FoundationEssentials

/// A JSON document as a value; objects are compared and written with sorted keys.
public enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number that fits 64 bits, however it is written.
  case integer(Int)
  /// Any other finite number.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// A mapping; the order of keys has no meaning.
  case object([String: JSONValue])

  /// Reads JSON, or JSON5 (comments, trailing commas, unquoted keys and the like).
  ///
  /// A key that stands twice in an object, and a number that is not finite, are errors.
  ///
  /// - Throws: `ConfigurationError` naming `source`, line and column of what is no JSON.
  /// - Complexity: O(n).
  public init(parsing text: [UInt8], source: String) throws(ConfigurationError) {
    var parser = JSONParser(text, source: source)
    self = try parser.parse()
  }

  /// The value on one line with sorted keys; equal values give equal text.
  public var canonicalText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.description
    case .string(let value): JSONValue.quoted(value)
    case .array(let values): "[" + values.map(\.canonicalText).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + JSONValue.sorted(members).map { JSONValue.quoted($0.key) + ":" + $0.value.canonicalText }
        .joined(separator: ",") + "}"
    }
  }

  /// The value over several lines, two blanks a level, keys sorted.
  public var indentedText: String { indented(0) }

  private func indented(_ level: Int) -> String {
    let inner = String(repeating: "  ", count: level + 1)
    let outer = String(repeating: "  ", count: level)
    switch self {
    case .array(let values) where values.contains(where: \.isContainer):
      return "[\n" + values.map { inner + $0.indented(level + 1) }.joined(separator: ",\n")
        + "\n\(outer)]"
    case .array(let values):
      return "[" + values.map(\.canonicalText).joined(separator: ", ") + "]"
    case .object(let members) where !members.isEmpty:
      let lines = JSONValue.sorted(members).map {
        inner + JSONValue.quoted($0.key) + ": " + $0.value.indented(level + 1)
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    default:
      return canonicalText
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  package static func sorted(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
    members.sortedByBytes { $0.key }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
        let hexadecimal = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension JSONValue: Codable {
  /// Reads any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Writes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }

  /// The JSON form of a value; keys are sorted when it is written.
  public init(encoding value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    self = try JSONDecoder().decode(JSONValue.self, from: encoder.encode(value))
  }
}
