/// A part of a file in an error: one line of at most 32 characters, without what moves a cursor.
struct Excerpt: CustomStringConvertible {
  let description: String

  init(_ bytes: some Collection<UInt8>) {
    self.init(String(decoding: bytes.prefix(64), as: UTF8.self))
  }

  init(_ text: String) {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(32) {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      let isLineEnd = scalar.value == 0x2028 || scalar.value == 0x2029
      scalars.append(isControl || isLineEnd ? "?" : scalar)
    }
    description = "'" + String(scalars) + "'"
  }
}
