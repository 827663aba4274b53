import FoundationEssentials
import QuantCore
import Testing

@Suite("JSONValue")
struct JSONValueTests {
  private func parse(_ text: String) throws(ConfigurationError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), source: "c.json")
  }

  private func failure(_ text: String) -> String? {
    do throws(ConfigurationError) {
      let value = try parse(text)
      Issue.record("\(text.prefix(60)) gave \(value.canonicalText.prefix(60))")
      return nil
    } catch {
      return error.description
    }
  }

  @Test("Reads every kind of value")
  func values() throws {
    #expect(try parse(" null ") == .null)
    #expect(try parse("[true, false]") == .array([.bool(true), .bool(false)]))
    #expect(try parse("{}") == .object([:]))
    #expect(
      try parse(#"{"a": {"b": []}, "c": "d"}"#)
        == .object(["a": .object(["b": .array([])]), "c": .string("d")]))
    #expect(try parse("\u{FEFF}1") == .integer(1))
  }

  @Test("Reads numbers exactly, whole ones as integers")
  func numbers() throws {
    for (text, value) in [
      ("0", JSONValue.integer(0)), ("-0", .integer(0)), ("12", .integer(12)), ("1.0", .integer(1)),
      ("1e3", .integer(1000)), ("-1.5", .number(-1.5)), ("0.1", .number(0.1)),
      ("1e-3", .number(0.001)), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(0x1p63)),
      ("1e308", .number(1e308)), ("5e-324", .number(.leastNonzeroMagnitude)),
      ("123456789012345678", .integer(123_456_789_012_345_678)),
      (".5", .number(0.5)), ("5.", .integer(5)), ("+3", .integer(3)), ("0x1F", .integer(31)),
      ("-0xff", .integer(-255)), ("1E+2", .integer(100)),
    ] {
      #expect(try parse(text) == value, "\(text)")
    }
    for text in [
      "01", "-", "+", ".", "1.2.3", "1e", "1e+", "--1", "1_000", "0x", "0xg", "0x10000000000000000",
      "1e400", "-1e400",
      "NaN", "Infinity", "-Infinity", "inf", "1a", "١",
    ] {
      #expect(failure(text) != nil)
    }
  }

  @Test("Reads texts with escapes, in either quotes")
  func texts() throws {
    #expect(
      try parse(#""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#)
        == .string("a\"\\/\u{8}\u{C}\n\r\té😀"))
    #expect(try parse(#"'it"s \' '"#) == .string("it\"s ' "))
    #expect(try parse("\"a\\\nb\"") == .string("ab"))
    #expect(try parse("\"漢🙂\"") == .string("漢🙂"))
    for text in [
      "\"a", "'a\"", "\"a\nb\"", #""\x41""#, #""\u12""#, #""\ud83d""#, #""\ud83d\u0041""#,
      #""\ude00""#, #""\"#,
    ] {
      #expect(failure(text) != nil)
    }
  }

  @Test("Reads comments, trailing commas and keys without quotes")
  func json5() throws {
    let text = """
      // a configuration
      {
        seed: 7, /* the
        seed */ 'it': [1, 2,],
        $x_1: {},
      } // end
      """
    #expect(
      try parse(text)
        == .object([
          "seed": .integer(7), "it": .array([.integer(1), .integer(2)]), "$x_1": .object([:]),
        ]))
  }

  @Test("Says line and column of what is wrong")
  func places() {
    #expect(failure("{\n  \"a\" 1\n}") == "c.json:2:7 is '1'; accepted: ':'")
    #expect(failure("") == "c.json:1:1 is the end of the document; accepted: a value")
    #expect(failure("[1, 2") == "c.json:1:6 is the end of the document; accepted: ',' or ']'")
    #expect(failure("[1 oops]") == "c.json:1:4 is 'oops'; accepted: ',' or ']'")
    #expect(failure("{}\n{}") == "c.json:2:1 is '{'; accepted: the end of the document")
    #expect(failure("{\"é\": tru}")?.hasPrefix("c.json:1:7 is 'tru'") == true)
    #expect(failure("[,]") == "c.json:1:2 is ','; accepted: a value")
    #expect(failure("{,}") == "c.json:1:2 is ','; accepted: a key")
    #expect(failure("{1: 2}") == "c.json:1:2 is '1'; accepted: a key")
    #expect(failure("[1] /* x")?.contains("comment without end") == true)
    #expect(failure("/") != nil)
    #expect(failure("[1e999]")?.contains("too large") == true)
  }

  @Test("Refuses a key that stands twice")
  func duplicates() {
    #expect(
      failure("{\"seed\": 1,\n \"seed\": 2}")
        == "c.json:2:2 is the key 'seed' for the second time; accepted: each key once")
    #expect(failure("{a: {b: 1, 'b': 2}}") != nil)
  }

  @Test("Refuses bytes that are not UTF-8, and nesting without end")
  func hostile() {
    #expect(throws: ConfigurationError.self) {
      try JSONValue(parsing: [0x22, 0xFF, 0x22], source: "c.json")
    }
    #expect(failure(String(repeating: "[", count: 100_000))?.contains("nested") == true)
    #expect(failure(String(repeating: "{a:", count: 100_000))?.contains("nested") == true)
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(throws: Never.self) { try parse(deep) }
  }

  @Test("Damaged documents never trap")
  func fuzz() {
    var random = SplitMix64(seed: 2)
    let whole = Array(
      #"{"a": [1, -2.5e3, "x\u00e9\n"], /* c */ b: {'c': null, "d": true}} // e"#.utf8)
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0...random.next() % 3 where !bytes.isEmpty {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        default: bytes = Array(bytes.prefix(max(1, place)))
        }
      }
      // What is accepted reads back from its canonical form.
      if let value = try? JSONValue(parsing: bytes, source: "") {
        let text = Array(value.canonicalText.utf8)
        #expect((try? JSONValue(parsing: text, source: "")) == value)
      }
    }
  }

  @Test("Canonical text has sorted keys and reads back in other readers")
  func canonical() throws {
    let value = try parse(#"{b: [1, 2.5, "\u0000\u001b\u0085\"\\"], a: {é: null, z: false}}"#)
    let text = value.canonicalText
    #expect(
      text == #"{"a":{"z":false,"é":null},"b":[1,2.5,"\u0000\u001b\u0085\"\\"]}"#)
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) == value)
    #expect(try parse(value.indentedText) == value)
    #expect(try JSONValue(encoding: value) == value)
    #expect(
      value.indentedText
        == """
        {
          "a": {
            "z": false,
            "é": null
          },
          "b": [1, 2.5, "\\u0000\\u001b\\u0085\\"\\\\"]
        }
        """)
  }
}
