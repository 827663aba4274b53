/// The parsed options and arguments of one command; every value was checked against its kind.
struct Arguments: Sendable {
  /// The command as typed, such as `quant compile`; errors name it.
  let command: String
  private(set) var values: [Option: String] = [:]
  private(set) var flags: Set<Option> = []
  private var repeated: [Option: [String]] = [:]
  /// Arguments without a dash, in order.
  private(set) var positionals: [String] = []

  init(command: String) { self.command = command }

  mutating func set(_ option: Option, _ value: String) {
    values[option] = value
    if option.isRepeatable { repeated[option, default: []].append(value) }
  }
  mutating func set(_ flag: Option) { flags.insert(flag) }
  mutating func append(_ positional: String) { positionals.append(positional) }

  /// Whether an option or flag was given.
  func has(_ option: Option) -> Bool { flags.contains(option) || values[option] != nil }

  /// The text of an option.
  func text(_ option: Option) -> String? { values[option] }

  /// All texts of an option that may be given more than once, in order.
  func texts(_ option: Option) -> [String] { repeated[option] ?? [] }

  /// The text of a required option; the parser has seen to it that there is one.
  func required(_ option: Option) throws(UsageError) -> String {
    guard let value = values[option] else {
      throw .missingArgument("\(option.spelling) \(option.valueName ?? "")", command: command)
    }
    return value
  }

  /// The whole number of an option of kind `.integer`.
  func integer(_ option: Option) -> Int? { values[option].flatMap { Int($0) } }

  /// The number of an option of kind `.positive`.
  func number(_ option: Option) -> Double? { values[option].flatMap { Double($0) } }

  /// The bytes of an option of kind `.size`.
  func size(_ option: Option) -> Int? { values[option].flatMap(ByteSize.parse) }

  /// The argument at a place, or `nil` where it was left out.
  func positional(_ index: Int) -> String? {
    positionals.indices.contains(index) ? positionals[index] : nil
  }
}
