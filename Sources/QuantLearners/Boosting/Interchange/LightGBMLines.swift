internal import QuantCore

/// A value of the text and where it stands.
struct LightGBMField {
  let key: String
  let line: Int
  let value: Range<Int>
}

/// Goes through the lines of LightGBM's model text.
struct LightGBMLines {
  let bytes: [UInt8]
  let path: String
  /// The first byte that was not read.
  private(set) var position = 0
  /// The number of the line that was read last, from 1 on.
  private(set) var number = 0

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  /// The next line without its end, or `nil` after the last one.
  mutating func next() -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
    var end = position
    position += 1
    number += 1
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// Whether a line is some text.
  func line(_ line: Range<Int>, is text: String) -> Bool {
    bytes[line].elementsEqual(text.utf8)
  }

  /// The text of a range.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A line as key and value, which may be absent.
  ///
  /// - Throws: `StorageError.foreign` for a key that is not among `keys`.
  func field(_ line: Range<Int>, among keys: Set<String>) throws(StorageError) -> LightGBMField {
    let end = bytes[line].firstIndex(of: UInt8(ascii: "=")) ?? line.upperBound
    // Longer than every key; so a line of megabytes is not copied into an error.
    let key = text(line.lowerBound..<min(end, line.lowerBound + 32))
    guard keys.contains(key) else {
      throw foreign("\(Excerpt(key)) in line \(number)", accepted: "a known key of a tree model")
    }
    return LightGBMField(
      key: key, line: number, value: min(end + 1, line.upperBound)..<line.upperBound)
  }

  /// The error for something that is not as it should be.
  func foreign(_ found: String, accepted: String) -> StorageError {
    .foreign(path: path, found: found, accepted: accepted)
  }

  /// Goes through the words of a field, which blanks separate.
  ///
  /// - Parameter take: takes place and text of a word; false where it is not what it should be.
  /// - Throws: `StorageError.foreign` where there are not exactly `count` words that suit.
  func forEachWord(
    _ field: LightGBMField, count: Int, _ take: (Int, ArraySlice<UInt8>) -> Bool
  ) throws(StorageError) {
    var found = 0
    var start = field.value.lowerBound
    while let word = word(from: start, in: field) {
      guard found < count else { throw self.count(field, "more than \(count)", count) }
      guard take(found, bytes[word]) else {
        let found = "\(Excerpt(bytes[word])) in \(field.key), line \(field.line)"
        throw foreign(found, accepted: "numbers")
      }
      found += 1
      start = word.upperBound
    }
    guard found == count else { throw self.count(field, "\(found)", count) }
  }

  /// The words of a field.
  ///
  /// - Throws: `StorageError.foreign` where there are not exactly `count` that suit.
  func words<Value>(
    _ field: LightGBMField, count: Int, _ convert: (ArraySlice<UInt8>) -> Value?
  ) throws(StorageError) -> [Value] {
    var values: [Value] = []
    // Each word but the last has a blank after it, so a count that is too large costs no memory.
    values.reserveCapacity(min(count, field.value.count / 2 + 1))
    try forEachWord(field, count: count) { _, text in
      guard let value = convert(text) else { return false }
      values.append(value)
      return true
    }
    return values
  }

  /// How many words a field has.
  func wordCount(_ field: LightGBMField) -> Int {
    var count = 0
    var start = field.value.lowerBound
    while let word = word(from: start, in: field) {
      count += 1
      start = word.upperBound
    }
    return count
  }

  /// The first word of a field that begins at a byte or after it.
  private func word(from start: Int, in field: LightGBMField) -> Range<Int>? {
    var start = start
    while start < field.value.upperBound, bytes[start] == UInt8(ascii: " ") { start += 1 }
    var end = start
    while end < field.value.upperBound, bytes[end] != UInt8(ascii: " ") { end += 1 }
    return start < end ? start..<end : nil
  }

  private func count(_ field: LightGBMField, _ found: String, _ expected: Int) -> StorageError {
    foreign("\(found) values in \(field.key), line \(field.line)", accepted: "\(expected) values")
  }

  /// The whole number of a field.
  func integer(_ field: LightGBMField) throws(StorageError) -> Int {
    let values = try words(field, count: 1, NumberText.integer)
    return values[0]
  }
}
