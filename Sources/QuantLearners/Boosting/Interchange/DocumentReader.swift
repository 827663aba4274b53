internal import QuantCore

/// Goes through a document of nested objects and arrays once, from front to back.
///
/// JSON and UBJSON are read the same way through it. Nothing is kept of what is skipped, and lists of
/// numbers are read straight into numbers, so that a document of any size needs little memory beside its
/// bytes. After an error the reader must not be used again.
protocol DocumentReader {
  /// Steps into an object.
  mutating func openObject() throws(StorageError)

  /// The next key of the innermost object, or `nil` at its end, which steps out of it.
  mutating func nextKey() throws(StorageError) -> String?

  /// Steps into an array.
  mutating func openArray() throws(StorageError)

  /// Whether another element of the innermost array follows; false at its end, which steps out of it.
  mutating func hasElement() throws(StorageError) -> Bool

  /// Takes a text.
  mutating func text() throws(StorageError) -> String

  /// Takes a whole number, or true as 1 and false as 0.
  mutating func integer() throws(StorageError) -> Int

  /// Takes an array of such numbers.
  mutating func integers() throws(StorageError) -> [Int32]

  /// Takes an array of numbers; integers and `NaN` too.
  mutating func numbers() throws(StorageError) -> [Float]

  /// Takes a value of any kind and forgets it.
  mutating func skip() throws(StorageError)

  /// Sees that nothing follows.
  mutating func finish() throws(StorageError)

  /// The error for something at the current place.
  func foreign(_ found: String, accepted: String) -> StorageError
}

extension DocumentReader {
  /// Deeper nesting than this is refused, so that no document exhausts the stack.
  static var maximumDepth: Int { 64 }

  /// Takes an object and passes its keys on, each of which must be read or skipped.
  ///
  /// - Throws: what `member` throws; `StorageError.foreign` for a key that stands twice, and for more
  ///   keys than any object of a model has.
  mutating func object(
    _ member: (inout Self, String) throws(StorageError) -> Void
  ) throws(StorageError) {
    var keys: Set<String> = []
    try openObject()
    while let key = try nextKey() {
      guard keys.count < 1_000 else { throw foreign("too many keys", accepted: "at most 1000") }
      guard keys.insert(key).inserted else {
        throw foreign("the key \(Excerpt(key)) for the second time", accepted: "each key once")
      }
      try member(&self, key)
    }
  }

  /// Takes an array and passes on that there is an element, which must be read or skipped.
  mutating func array(
    _ element: (inout Self) throws(StorageError) -> Void
  ) throws(StorageError) {
    try openArray()
    while try hasElement() { try element(&self) }
  }
}
