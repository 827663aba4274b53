import QuantCore
import Testing

@Suite("NearestName")
struct NearestNameTests {
  @Test("Finds the name that was probably meant")
  func suggestions() {
    let names = ["horizons", "frequency", "learningRate", "seed", "atq"]
    for (typed, meant) in [
      ("horizon", "horizons"), ("fequency", "frequency"), ("freqeuncy", "frequency"),
      ("learning_rate", "learningRate"), ("LEARNINGRATE", "learningRate"), ("sede", "seed"),
      ("ATQ", "atq"), ("aqt", "atq"),
    ] {
      #expect(NearestName.suggestion(for: typed, among: names) == meant, "\(typed)")
    }
    for typed in ["", "window", "zzzzzz", String(repeating: "horizon", count: 5000)] {
      #expect(NearestName.suggestion(for: typed, among: names) == nil, "\(typed.prefix(9))")
    }
    #expect(NearestName.suggestion(for: "ab", among: ["ac", "aa"]) == "ac")
    #expect(NearestName.suggestion(for: "x", among: []) == nil)
  }

  @Test("Says what is accepted, however many names there are")
  func accepted() {
    #expect(NearestName.accepted(for: "sed", among: ["seed"]) == "'seed' (did you mean it?)")
    #expect(NearestName.accepted(for: "window", among: ["a", "b"]) == "a, b")
    #expect(NearestName.accepted(for: "window", among: []) == "nothing here")
    let many = (0..<3000).map { "column \($0)" }
    #expect(NearestName.accepted(for: "x", among: many).hasSuffix("column 23 and 2976 more"))
  }

  @Test("A name of hostile length among many costs nothing")
  func long() {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(NearestName.suggestion(for: long, among: [long + "y"]) == nil)
    #expect(NearestName.suggestion(for: "x", among: Array(repeating: long, count: 3)) == nil)
  }

  @Test("The distance is that of a plain recursive definition")
  func reference() {
    // Restricted Damerau-Levenshtein by its recursion; fine for short names.
    func distance(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
      guard let a = left.last, let b = right.last else { return left.count + right.count }
      var best = distance(left.dropLast(), right.dropLast()) + (a == b ? 0 : 1)
      best = min(best, distance(left.dropLast(), right) + 1, distance(left, right.dropLast()) + 1)
      if left.count > 1, right.count > 1, left.dropLast().last == b, right.dropLast().last == a {
        best = min(best, distance(left.dropLast(2), right.dropLast(2)) + 1)
      }
      return best
    }
    var random = SplitMix64(seed: 6)
    for _ in 0..<300 {
      func word() -> String {
        String((0..<1 + random.next() % 5).map { _ in "abc".randomElement(using: &random) ?? "a" })
      }
      let (typed, name) = (word(), word())
      let found = distance(Array(typed.utf8)[...], Array(name.utf8)[...])
      let isNear = found <= max(1, max(typed.count, name.count) / 3)
      #expect(
        (NearestName.suggestion(for: typed, among: [name]) != nil) == isNear, "\(typed) \(name)")
    }
  }
}
