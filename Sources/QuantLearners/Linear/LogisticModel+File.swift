public import QuantCore

// A model is a JSON document: what it is, the version of its layout, a checksum of the rest, and the
// rest. Numbers are written with the fewest digits that read back to the same bits.
extension LogisticModel {
  static let format = "quant logistic model"
  private static let formatVersion = 1

  /// The model as a JSON document; equal models give equal bytes.
  public var document: [UInt8] {
    let body = body
    let document = JSONValue.object([
      "format": .string(Self.format), "version": .integer(Self.formatVersion),
      "checksum": .string(Self.checksum(body)), "model": body,
    ])
    return Array((document.indentedText + "\n").utf8)
  }

  /// Reads a document that `document` wrote.
  ///
  /// - Parameters:
  ///   - document: the bytes of a model file.
  ///   - path: names the document in errors.
  /// - Throws: `StorageError.foreign` for another format or a damaged field, `.unsupportedVersion`,
  ///   `.corrupted` where the content does not match its checksum.
  public init(document: [UInt8], path: String) throws(StorageError) {
    let accepted = "a \(Self.format)"
    let value: JSONValue
    do throws(ConfigurationError) {
      value = try JSONValue(parsing: document, source: path)
    } catch {
      throw .foreign(path: path, found: error.value, accepted: accepted)
    }
    guard case .object(let members) = value, members["format"] == .string(Self.format) else {
      throw .foreign(path: path, found: "another document", accepted: accepted)
    }
    guard members["version"] == .integer(Self.formatVersion) else {
      throw .unsupportedVersion(
        path: path, found: members["version"]?.canonicalText ?? "none",
        accepted: String(Self.formatVersion))
    }
    guard let body = members["model"], case .object(let fields) = body else {
      throw .foreign(path: path, found: "no field 'model'", accepted: accepted)
    }
    guard members["checksum"] == .string(Self.checksum(body)) else {
      throw .corrupted(path: path, offset: 0)
    }
    func numbers(_ name: String) throws(StorageError) -> [Double] {
      guard case .array(let values)? = fields[name] else {
        throw .foreign(path: path, found: "no list '\(name)'", accepted: accepted)
      }
      let numbers = values.compactMap(\.double)
      guard numbers.count == values.count else {
        throw .foreign(path: path, found: "'\(name)' with another value", accepted: "numbers")
      }
      return numbers
    }
    guard case .array(let texts)? = fields["featureNames"],
      let intercept = fields["intercept"]?.double, let clip = fields["clip"]?.double
    else { throw .foreign(path: path, found: "a missing field", accepted: accepted) }
    let names = texts.compactMap { if case .string(let name) = $0 { name } else { nil } }
    let (means, inverses) = (try numbers("means"), try numbers("inverseDeviations"))
    let coefficients = try numbers("coefficients")
    guard
      [texts.count, means.count, inverses.count, coefficients.count]
        .allSatisfy({ $0 == names.count })
    else {
      throw .foreign(path: path, found: "lists of different lengths", accepted: accepted)
    }
    self.init(
      featureNames: names, means: means, inverseDeviations: inverses,
      coefficients: coefficients, intercept: intercept, clip: clip)
  }

  private var body: JSONValue {
    func list(_ numbers: [Double]) -> JSONValue { .array(numbers.map { .number($0) }) }
    return .object([
      "featureNames": .array(featureNames.map { .string($0) }), "means": list(means),
      "inverseDeviations": list(inverseDeviations), "coefficients": list(coefficients),
      "intercept": .number(intercept), "clip": .number(clip),
    ])
  }

  /// Over the text with whole numbers written as such, because JSON does not tell 1 from 1.0.
  private static func checksum(_ body: JSONValue) -> String {
    let digits = String(XXH64.hash(body.withWholeNumbers.canonicalText), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension JSONValue {
  fileprivate var double: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The same value with every number that is whole and small as an integer.
  fileprivate var withWholeNumbers: JSONValue {
    switch self {
    case .number(let value): Int(exactly: value).map { .integer($0) } ?? self
    case .array(let values): .array(values.map(\.withWholeNumbers))
    case .object(let members): .object(members.mapValues(\.withWholeNumbers))
    default: self
    }
  }
}
