import QuantCore
import Testing

@Suite("ConfigurationReader")
struct ConfigurationReaderTests {
  private enum Color: String, CaseIterable { case red, green }

  /// A configuration with every kind of field.
  private struct Sample: Equatable {
    var name: String
    var note: String?
    var count: Int
    var limit: Int?
    var rate: Double
    var isFast: Bool
    var color: String
    var names: [String]
    var months: [Int]
    var inner: [Int]
    var extra: Int?

    init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
      name = try reader.string("name", "a name")
      note = try reader.optionalString("note", "a note")
      count = try reader.integer("count", default: 5, "a count", in: 1...10)
      limit = try reader.optionalInteger("limit", "a limit", in: 0...Int.max)
      rate = try reader.number("rate", default: 0.5, "a rate", accepted: "0 < x ≤ 1") {
        $0 > 0 && $0 <= 1
      }
      isFast = try reader.bool("isFast", default: false, "whether it is fast")
      color = try reader.choice("color", default: Color.red, "a color").rawValue
      names = try reader.strings("names", default: [], "names")
      months = try reader.integers("months", default: [3], "months", in: 1...12)
      inner = try reader.objects("inner", "inner objects") { (r) throws(ConfigurationError) in
        try r.integer("x", "an x", in: 0...9)
      }
      extra = try reader.optionalObject("extra", "an object") { (r) throws(ConfigurationError) in
        try r.integer("y", default: 1, "a y", in: 0...9)
      }
    }
  }

  private func read(_ text: String, path: String = "top") throws(ConfigurationError) -> Sample {
    var reader = try ConfigurationReader(
      JSONValue(parsing: Array(text.utf8), source: "c.json"), path: path)
    let sample = try Sample(from: &reader)
    try reader.finish()
    return sample
  }

  private func failure(_ text: String, path: String = "top") -> String? {
    do throws(ConfigurationError) {
      _ = try read(text, path: path)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("Reads given fields and fills in defaults")
  func values() throws {
    let sample = try read("{name: 'a'}")
    #expect(sample.name == "a" && sample.note == nil && sample.count == 5 && sample.limit == nil)
    #expect(sample.rate == 0.5 && !sample.isFast && sample.color == "red")
    #expect(sample.names == [] && sample.months == [3] && sample.inner == [] && sample.extra == nil)
    let full = try read(
      """
      {name: 'b', note: 'n', count: 10, limit: 0, rate: 1, isFast: true, color: 'green',
       names: ['x', 'y'], months: [1, 12], inner: [{x: 1}, {x: 2}], extra: {}}
      """)
    #expect(full.note == "n" && full.count == 10 && full.limit == 0 && full.rate == 1)
    #expect(full.isFast && full.color == "green" && full.names == ["x", "y"])
    #expect(full.months == [1, 12] && full.inner == [1, 2] && full.extra == 1)
    #expect(try read("{name: 'a', count: null, extra: null, note: null}") == sample)
  }

  @Test("Says which field is wrong, its value, and what is accepted")
  func failures() {
    #expect(failure("{}") == "top.name is missing; accepted: a text")
    #expect(failure("{}", path: "") == "name is missing; accepted: a text")
    #expect(failure("[]") == "top is []; accepted: an object { … }")
    #expect(failure("7", path: "") == "configuration is 7; accepted: an object { … }")
    for (field, message) in [
      ("note: 1", "top.note is 1; accepted: a text"),
      ("count: 11", "top.count is 11; accepted: whole number, 1 to 10"),
      ("count: 1.5", "top.count is 1.5; accepted: whole number, 1 to 10"),
      ("count: '5'", "top.count is \"5\"; accepted: whole number, 1 to 10"),
      ("limit: -1", "top.limit is -1; accepted: whole number, ≥ 0"),
      ("limit: 1e30", "top.limit is 1e+30; accepted: whole number, ≥ 0"),
      ("rate: 0", "top.rate is 0; accepted: number, 0 < x ≤ 1"),
      ("rate: 1.5", "top.rate is 1.5; accepted: number, 0 < x ≤ 1"),
      ("rate: true", "top.rate is true; accepted: number, 0 < x ≤ 1"),
      ("isFast: 1", "top.isFast is 1; accepted: true or false"),
      (
        "color: 'gren'", "top.color is 'gren'; accepted: one of red, green; did you mean 'green'?"
      ),
      ("color: 'zzzzzzzzz'", "top.color is 'zzzzzzzzz'; accepted: one of red, green"),
      ("names: 'x'", "top.names is \"x\"; accepted: list of texts"),
      ("names: ['x', 2]", "top.names[1] is 2; accepted: a text"),
      ("months: [0]", "top.months[0] is 0; accepted: a whole number, 1 to 12"),
      ("inner: [{x: 1}, {}]", "top.inner[1].x is missing; accepted: whole number, 0 to 9"),
      ("inner: [1]", "top.inner[0] is 1; accepted: an object { … }"),
      ("inner: {}", "top.inner is {}; accepted: list of objects"),
      ("extra: {z: 1}", "top.extra.z is not a known field; accepted: 'y' (did you mean it?)"),
      ("cuont: 1", "top.cuont is not a known field; accepted: 'count' (did you mean it?)"),
    ] {
      #expect(failure("{name: 'a', \(field)}") == message)
    }
    let long = failure("{name: [\(String(repeating: "1,", count: 5000))]}") ?? ""
    #expect(long.count < 200 && long.hasPrefix("top.name is [1,1"))
    #expect(failure("{name: 'a', color: '\\u001b[2J'}")?.contains("\u{1B}") == false)
  }

  @Test("Describes every field with its default, without a document")
  func schema() throws {
    var reader = ConfigurationReader.describing(path: "top")
    _ = try Sample(from: &reader)
    try reader.finish()
    let fields = reader.fields
    #expect(
      fields.map(\.path) == [
        "top.name", "top.note", "top.count", "top.limit", "top.rate", "top.isFast", "top.color",
        "top.names", "top.months", "top.inner", "top.inner[].x", "top.extra", "top.extra.y",
      ])
    #expect(fields[0].defaultValue == nil)
    #expect(fields[2].defaultValue == .integer(5))
    #expect(fields[2].type == "whole number, 1 to 10")
    #expect(fields[6].defaultValue == .string("red"))
    #expect(fields.allSatisfy { !$0.help.isEmpty })
  }

  @Test("Lists the given names and what they are")
  func given() throws {
    let reader = try ConfigurationReader(
      JSONValue(parsing: Array("{b: 1, a: null, é: 2}".utf8), source: ""), path: "")
    #expect(reader.givenNames == ["a", "b", "é"])
    #expect(reader.has("b") && !reader.has("a") && !reader.has("c"))
  }
}
