internal import FoundationEssentials

/// What a run is and which files belong to it: `run.json`, written last.
///
/// Times are absent on purpose: equal inputs, configuration and code give the same bytes.
public struct RunDocument: Codable, Hashable, Sendable {
  /// The version of the form of the document.
  public static let currentFormatVersion = 1

  /// One task and what became of it.
  public struct Task: Codable, Hashable, Sendable {
    /// The task.
    public var task: TrainTask
    /// `finished` or `skipped`.
    public var status: String
    /// Why it was skipped, or `nil`.
    public var reason: String?
  }

  /// The version of this form.
  public var formatVersion: Int
  /// Whether the run came to its end; false while it is at work, and where it was ended.
  public var isComplete: Bool
  /// A hash of inputs, configuration and code version.
  public var runID: String
  /// The version of the program.
  public var codeVersion: String
  /// The commit of the program.
  public var codeCommit: String
  /// The key of the panel.
  public var panelFingerprint: String
  /// The inputs of the panel with their digests.
  public var inputs: [ManifestInput]
  /// The whole configuration, defaults filled in.
  public var configuration: JSONValue
  /// The tasks, in order.
  public var tasks: [Task]
  /// Size of the panel's files in GB of 10^9 bytes.
  public var panelGigabytes: Double
  /// Every file of the folder but this one and `logs/`, sorted by path.
  public var files: [RunFile]
  /// SHA-256 of the document itself, taken with these 64 digits set to 0.
  public private(set) var documentSHA256 = Self.noDigest

  private static let noDigest = String(repeating: "0", count: 64)
  private static let digestMarker = "\"documentSHA256\": \""

  /// Reads `run.json`.
  ///
  /// - Throws: `StorageError` where the file is missing, no run document, of another version, or
  ///   differs from its digest.
  public init(path: String) throws(StorageError) {
    let bytes = [UInt8](copying: try MappedFile(path: path).bytes)
    let data = Data(bytes)
    struct Version: Decodable { var formatVersion: Int }
    guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
      throw .foreign(path: path, found: "no formatVersion", accepted: "a run document")
    }
    guard version.formatVersion == Self.currentFormatVersion else {
      throw .unsupportedVersion(
        path: path, found: String(version.formatVersion),
        accepted: String(Self.currentFormatVersion))
    }
    do {
      self = try JSONDecoder().decode(RunDocument.self, from: data)
    } catch {
      throw .foreign(path: path, found: "other fields", accepted: "a run document")
    }
    guard Self.resealed(bytes) == bytes else { throw .corrupted(path: path, offset: 0) }
  }

  /// Creates a document.
  public init(
    isComplete: Bool, runID: String, codeVersion: String, codeCommit: String,
    manifest: CompileManifest,
    configuration: JSONValue, tasks: [Task], panelBytes: Int, files: [RunFile]
  ) {
    formatVersion = Self.currentFormatVersion
    self.isComplete = isComplete
    self.runID = runID
    self.codeVersion = codeVersion
    self.codeCommit = codeCommit
    panelFingerprint = manifest.fingerprint
    inputs = manifest.inputs
    self.configuration = configuration
    self.tasks = tasks
    panelGigabytes = Double(panelBytes) / 1e9
    self.files = files
  }

  /// The document as it is written: JSON with sorted keys.
  ///
  /// - Throws: `StorageError.foreign` where the configuration has a number without a JSON form.
  func bytes(path: String) throws(StorageError) -> [UInt8] {
    do {
      var document = self
      document.documentSHA256 = Self.noDigest
      return Self.sealed(Array((try JSONValue(encoding: document).indentedText + "\n").utf8))
    } catch {
      throw .foreign(path: path, found: "\(error)", accepted: "finite numbers")
    }
  }
}

extension RunDocument {
  /// The text with the digits of its digest set to 0.
  private static func opened(_ text: [UInt8]) -> [UInt8] {
    replacingDigest(in: text, by: Array(noDigest.utf8))
  }

  /// A text that was changed on purpose, with a digest that fits it again.
  package static func resealed(_ text: [UInt8]) -> [UInt8] { sealed(opened(text)) }

  /// The text with its digest filled in; its digits must be 0.
  private static func sealed(_ text: [UInt8]) -> [UInt8] {
    replacingDigest(in: text, by: Array(SHA256.hexadecimal(text.span.numberBytes).utf8))
  }

  private static func replacingDigest(in text: [UInt8], by digits: [UInt8]) -> [UInt8] {
    let marker = Array(digestMarker.utf8)
    guard
      let start = text.indices.first(where: { text[$0...].starts(with: marker) }),
      start + marker.count + digits.count <= text.count
    else { return [] }
    var result = text
    let first = start + marker.count
    result.replaceSubrange(first..<first + digits.count, with: digits)
    return result
  }
}

/// One file of a run folder.
public struct RunFile: Codable, Hashable, Sendable {
  /// Path inside the folder.
  public var path: String
  /// Size in bytes.
  public var bytes: Int
  /// SHA-256 of the content, hexadecimal.
  public var sha256: String

  /// Creates an entry.
  public init(path: String, bytes: Int, sha256: String) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }
}
