/// The key of a compiled panel: a hash of everything that decides its content.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  public let hexadecimal: String

  /// Wraps 64 hexadecimal digits, or `nil` for any other text.
  public init?(hexadecimal: String) {
    let digits = Array(hexadecimal.utf8)
    let isHexadecimal = digits.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    guard digits.count == 64, isHexadecimal else { return nil }
    self.hexadecimal = hexadecimal
  }

  /// The digest of a canonical document.
  init(of document: JSONValue) {
    hexadecimal = SHA256.hexadecimal(Array(document.canonicalText.utf8).span.numberBytes)
  }

  /// The 64 digits.
  public var description: String { hexadecimal }
}

extension Fingerprint {
  /// The key of a panel, from everything that decides its content.
  ///
  /// These are the inputs by content, the compile configuration, and the versions of the compile, of
  /// the layout and of every recipe. The commit of the program is not part of it.
  static func panel(
    configuration: CompileConfiguration, inputs: [ManifestInput], recipes: [String]
  ) throws(CompileError) -> Fingerprint {
    let document = JSONValue.object([
      "compileVersion": .integer(CompileManifest.currentCompileVersion),
      "formatVersion": .integer(CompileManifest.currentFormatVersion),
      "configuration": try configuration.document(),
      "inputs": .array(
        inputs.map { .object(["file": .string($0.file), "sha256": .string($0.sha256)]) }),
      "recipes": .array(recipes.map { .string($0) }),
    ])
    return Fingerprint(of: document)
  }
}

extension CompileManifest {
  /// The version of the artifact layout that this program writes and reads.
  package static let currentFormatVersion = 1
  /// The version of the compile's results: raised whenever compiled bytes change.
  package static let currentCompileVersion = 2
}

extension CompileConfiguration {
  /// The configuration as JSON, with every default filled in.
  func document() throws(CompileError) -> JSONValue {
    do {
      return try JSONValue(encoding: self)
    } catch {
      throw .inconsistent("the compile configuration cannot be written as JSON: \(error)")
    }
  }
}
