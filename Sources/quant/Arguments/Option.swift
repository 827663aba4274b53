/// What the value of an option or argument may be; drives checking, help and completion alike.
enum ValueKind: Hashable, Sendable {
  /// Any text.
  case text
  /// A file; completion offers files.
  case file
  /// A folder; completion offers folders.
  case directory
  /// A file or a folder.
  case path
  /// One of a few words.
  case choice([String])
  /// A whole number within bounds.
  case integer(ClosedRange<Int>)
  /// A number greater than zero.
  case positive
  /// A number of bytes, such as `500MB`.
  case size
  /// Free text for which completion offers a few words.
  case suggestions([String])

  /// What would be accepted, in words; `nil` where everything is.
  var accepted: String? {
    switch self {
    case .text, .file, .directory, .path, .suggestions: nil
    case .choice(let words): words.joined(separator: ", ")
    case .integer(let range) where range.upperBound == .max:
      "a whole number of at least \(range.lowerBound)"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .positive: "a number greater than 0"
    case .size: "a size such as 0, 500MB, 10GB or 2GiB"
    }
  }

  /// Whether a text is accepted; the empty text never is.
  func accepts(_ text: String) -> Bool {
    switch self {
    case .text, .file, .directory, .path, .suggestions: return !text.isEmpty
    case .choice(let words): return words.contains(text)
    case .integer(let range): return Int(text).map(range.contains) ?? false
    case .positive:
      guard let value = Double(text) else { return false }
      return value > 0 && value.isFinite
    case .size: return ByteSize.parse(text) != nil
    }
  }

  /// The words that completion offers.
  var words: [String] {
    switch self {
    case .choice(let words), .suggestions(let words): words
    default: []
    }
  }
}

/// One `--option` of a command: a flag, or an option with a value.
struct Option: Hashable, Sendable {
  /// The name without dashes.
  let name: String
  /// A one-letter form, such as `q` for `-q`.
  let letter: Character?
  /// How help calls the value, such as `FILE`; `nil` makes the option a flag.
  let valueName: String?
  /// What the value may be.
  let kind: ValueKind
  /// One sentence.
  let help: String
  /// The default as help shows it.
  let defaultText: String?
  /// Whether it may be given more than once.
  let isRepeatable: Bool

  /// An option with a value.
  init(
    _ name: String, _ valueName: String, _ kind: ValueKind,
    default defaultText: String? = nil, isRepeatable: Bool = false,
    _ help: String
  ) {
    self.name = name
    self.letter = nil
    self.valueName = valueName
    self.kind = kind
    self.help = help
    self.defaultText = defaultText
    self.isRepeatable = isRepeatable
  }

  /// A flag.
  init(flag name: String, letter: Character? = nil, _ help: String) {
    self.name = name
    self.letter = letter
    self.valueName = nil
    self.kind = .text
    self.help = help
    self.defaultText = nil
    self.isRepeatable = false
  }

  /// Whether the option takes no value.
  var isFlag: Bool { valueName == nil }
  /// The name as it is typed.
  var spelling: String { "--\(name)" }
}

/// One argument without a dash, given by its place.
struct Positional: Hashable, Sendable {
  /// How help calls it.
  let name: String
  /// What it may be.
  let kind: ValueKind
  /// Whether it may be left out.
  let isOptional: Bool
  /// One sentence.
  let help: String

  init(_ name: String, _ kind: ValueKind, isOptional: Bool = false, _ help: String) {
    self.name = name
    self.kind = kind
    self.isOptional = isOptional
    self.help = help
  }
}
