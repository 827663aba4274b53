internal import QuantCore

/// A committed JSON document, with accessors that throw where a member is missing.
package struct JSONFixture {
  private let value: JSONValue

  /// What a document lacks.
  package struct Missing: Error { package var name: String }

  package init(path: String) throws {
    let text = try SystemCalls.readAll(path)
    value = try JSONValue(parsing: Array(text.utf8), source: path)
  }

  private init(_ value: JSONValue) { self.value = value }

  /// A member of an object.
  package subscript(name: String) -> JSONFixture? {
    guard case .object(let members) = value else { return nil }
    return members[name].map(JSONFixture.init)
  }

  package func member(_ name: String) throws -> JSONFixture {
    guard let member = self[name] else { throw Missing(name: name) }
    return member
  }

  package var members: [(name: String, value: JSONFixture)] {
    guard case .object(let members) = value else { return [] }
    return members.sorted { $0.key < $1.key }.map { ($0.key, JSONFixture($0.value)) }
  }

  package var list: [JSONFixture] {
    guard case .array(let values) = value else { return [] }
    return values.map(JSONFixture.init)
  }

  package func number() throws -> Double {
    switch value {
    case .number(let number): return number
    case .integer(let number): return Double(number)
    default: throw Missing(name: "number")
    }
  }

  package func text() throws -> String {
    guard case .string(let text) = value else { throw Missing(name: "text") }
    return text
  }

  package func flag() throws -> Bool {
    guard case .bool(let flag) = value else { throw Missing(name: "flag") }
    return flag
  }

  package func numbers() throws -> [Double] { try list.map { try $0.number() } }
}
