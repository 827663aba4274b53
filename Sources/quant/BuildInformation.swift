internal import CQuantBuild
internal import QuantCore

/// Which program this is.
enum BuildInformation {
  /// The version of the package.
  static let version = "0.1.0"

  /// The commit the program was built from, with `+dirty` where there were changes, or `unknown`.
  static let commit: String = {
    var bytes: [UInt8] = []
    while true {
      let byte = quant_build_commit_byte(Int32(bytes.count))
      if byte == 0 { break }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }()

  /// The line of `--version`.
  static var line: String { "quant \(version) (\(commit))" }
}
