internal import QuantCore

/// The values of a column while its pages are read, in the element type of a table.
struct ColumnBuffer<Element: Sendable> {
  /// Turns `count` values in plain encoding into elements; `false` where bytes do not suffice.
  typealias Plain = (RawSpan, Int, inout [Element]) -> Bool

  private(set) var values: [Element] = []
  private var dictionary: [Element] = []
  private var indices: [Int32] = []
  private let missing: Element
  private let plain: Plain
  private let truth: (Bool) -> Element?

  /// - Parameters:
  ///   - truth: the element of a truth value, where the column may be one.
  init(missing: Element, truth: @escaping (Bool) -> Element? = { _ in nil }, plain: @escaping Plain)
  {
    self.missing = missing
    self.plain = plain
    self.truth = truth
  }

  var count: Int { values.count }

  mutating func reserve(_ count: Int) { values.reserveCapacity(count) }

  mutating func setDictionary(_ bytes: RawSpan, count: Int) -> Bool {
    dictionary.removeAll()
    return plain(bytes, count, &dictionary)
  }

  mutating func appendPlain(_ bytes: RawSpan, count: Int) -> Bool {
    plain(bytes, count, &values)
  }

  /// Appends the dictionary's elements of some indices, which follow a byte with their width.
  mutating func appendIndices(_ bytes: RawSpan, count: Int) -> Bool {
    if count == 0 { return true }
    guard bytes.byteCount > 0, bytes.byte(at: 0) <= 32 else { return false }
    indices.removeAll(keepingCapacity: true)
    var decoder = HybridDecoder(
      bytes.extracting(1..<bytes.byteCount), width: Int(bytes.byte(at: 0)))
    guard decoder.decode(count, into: &indices) else { return false }
    let limit = UInt32(dictionary.count)
    for index in indices {
      guard UInt32(bitPattern: index) < limit else { return false }
      values.append(dictionary[Int(index)])
    }
    return true
  }

  /// Appends truth values in runs, after four bytes with the size of the runs.
  mutating func appendRuns(_ bytes: RawSpan, count: Int) -> Bool {
    guard bytes.byteCount >= 4 else { return false }
    let size = Int(bytes.word32(at: 0))
    guard size <= bytes.byteCount - 4 else { return false }
    var flags: [UInt8] = []
    var decoder = HybridDecoder(bytes.extracting(4..<4 + size), width: 1)
    guard decoder.decode(count, into: &flags) else { return false }
    for flag in flags {
      guard let element = truth(flag == 1) else { return false }
      values.append(element)
    }
    return true
  }

  /// Moves the elements from `start` on to the places where `present` is 1; the others are missing.
  mutating func spread(from start: Int, present: [UInt8]) {
    var source = values.count - 1
    values.append(contentsOf: repeatElement(missing, count: present.count - (values.count - start)))
    // From the back, so that nothing is overwritten before it was moved.
    for place in present.indices.reversed() {
      if present[place] == 1 {
        values[start + place] = values[source]
        source -= 1
      } else {
        values[start + place] = missing
      }
    }
  }
}
