/// A text that equals another only where all their bytes do.
///
/// `String` takes a letter with a composed accent and the same letter followed by an accent for equal;
/// as keys of firms they are two.
struct ExactText: Hashable, Sendable {
  let text: String

  static func == (first: ExactText, second: ExactText) -> Bool {
    first.text.utf8.elementsEqual(second.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
