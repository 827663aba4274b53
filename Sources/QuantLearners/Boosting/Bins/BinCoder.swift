/// What turns the values of a feature into codes.
enum BinCoder: Sendable {
  case numbers(CodeTable)
  case categories(CategoryTable)

  init(_ bins: FeatureBins) {
    switch bins {
    case .numbers(let boundaries): self = .numbers(CodeTable(boundaries))
    case .categories(let categories): self = .categories(CategoryTable(categories))
    }
  }

  /// Codes values into one byte of every `width`.
  func encode(
    _ values: Span<Float>, into codes: inout MutableSpan<UInt8>, width: Int, place: Int
  ) {
    switch self {
    case .numbers(let table): table.encode(values, into: &codes, width: width, place: place)
    case .categories(let table): table.encode(values, into: &codes, width: width, place: place)
    }
  }
}
