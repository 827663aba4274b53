/// A list of SHA-256 digests as `sha256sum` writes and checks it.
enum ChecksumList {
  /// One line for each file: digest, two blanks, path.
  static func text(_ entries: [(path: String, sha256: String)]) -> String {
    entries.sortedByBytes(of: \.path)
      .map { "\($0.sha256)  \($0.path)\n" }.joined()
  }

  /// The digests by path, or `nil` where the text is not one that `text` writes.
  static func parse(_ text: String) -> [String: String]? {
    var entries: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let digest = line.prefix(64)
      guard line.utf8.count > 66, digest.allSatisfy(\.isHexDigit),
        line.dropFirst(64).hasPrefix("  ")
      else { return nil }
      entries[String(line.dropFirst(66))] = String(digest)
    }
    return ChecksumList.text(entries.map { ($0.key, $0.value) }) == text ? entries : nil
  }
}
