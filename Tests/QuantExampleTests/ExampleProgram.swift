import Foundation

/// Runs a built example as a process of its own.
enum ExampleProgram {
  /// Runs an example with a folder of its own and returns the lines it printed.
  ///
  /// The folder is removed afterwards. Throws where the program ends with another status than 0.
  static func lines(_ name: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("quant-example-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    let process = Process()
    process.executableURL = products.appendingPathComponent(name)
    process.arguments = [folder.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(name: name, status: process.terminationStatus)
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// An example that failed; what it wrote to standard error is in the log of the tests.
  struct Failure: Error {
    var name: String
    var status: Int32
  }

  /// The folder of built programs, which is that of the test bundle.
  private static let products: URL = {
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent()
  }()
}
