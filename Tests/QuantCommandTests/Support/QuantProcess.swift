import Foundation
import QuantTestSupport

/// Runs the built `quant` as a process of its own and keeps what it wrote.
struct QuantProcess {
  /// What a finished process left.
  struct Result {
    var status: Int32
    var output: String
    var errors: String

    /// The lines on stderr.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    /// The one object on stdout; `nil` where stdout is no JSON object.
    var json: [String: Any]? {
      (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any]
    }
  }

  /// The program, which SwiftPM puts beside the test bundle.
  static let path: String = {
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/quant"
  }()

  /// Variables that would change what the program writes are taken out of the environment.
  var environment: [String: String] = {
    var environment = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "QUANT_CACHE", "XDG_CACHE_HOME"] {
      environment[name] = nil
    }
    return environment
  }()
  var directory: String?

  /// Runs `quant` with arguments.
  func callAsFunction(_ arguments: String...) throws -> Result {
    try run(QuantProcess.path, arguments)
  }

  /// Runs `quant` with a list of arguments.
  func callAsFunction(_ arguments: [String]) throws -> Result {
    try run(QuantProcess.path, arguments)
  }

  /// Runs a script of bash in which `$QUANT` is the program.
  func bash(_ script: String) throws -> Result {
    var copy = self
    copy.environment["QUANT"] = QuantProcess.path
    return try copy.run("/bin/bash", ["-c", script])
  }

  private func run(_ program: String, _ arguments: [String]) throws -> Result {
    let folder = try TemporaryFolder()
    let outputPath = folder.path + "/out"
    let errorPath = folder.path + "/err"
    for path in [outputPath, errorPath] {
      try folder.write("", to: String(path.dropFirst(folder.path.count + 1)))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: outputPath)
    process.standardError = FileHandle(forWritingAtPath: errorPath)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: outputPath)), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: URL(fileURLWithPath: errorPath)), as: UTF8.self)
    )
  }
}

extension TemporaryFolder {
  /// Writes a text file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// The content of a text file.
  func text(_ name: String) throws -> String {
    String(decoding: try FileBytes.read(file(name)), as: UTF8.self)
  }
}
