// Texts whose order reaches a result are ordered by their UTF-8 bytes: the order of `String` depends on
// Unicode tables, which change with the toolchain.

extension String {
  /// Whether the bytes of this text come before those of another.
  package func precedesByBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}

extension Sequence {
  /// The elements, ascending by the bytes of a text that each has.
  package func sortedByBytes(of text: (Element) -> String) -> [Element] {
    sorted { text($0).precedesByBytes(text($1)) }
  }
}

extension Sequence<String> {
  /// The texts, ascending by their bytes.
  package func sortedByBytes() -> [String] { sorted { $0.precedesByBytes($1) } }
}
