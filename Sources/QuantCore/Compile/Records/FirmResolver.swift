/// Turns the firm column of a source into firms, through the dated identifier map where asked for.
///
/// Each distinct text is looked up once.
struct FirmResolver: Sendable {
  /// What became of one row.
  enum Outcome: Hashable, Sendable {
    /// The firm, as a place in `names`.
    case firm(Int32)
    /// The field is empty.
    case missing
    /// The map has no link that holds on the day.
    case unmapped
  }

  /// Distinct firms, in order of first use.
  let names: [String]
  private struct Link: Sendable {
    var name: Int32
    var from: Int32
    var to: Int32
  }
  private let links: [[Link]]

  /// Prepares the texts of a column.
  init(_ texts: [String], map: IdentifierMap?) {
    var names: [String] = []
    var places: [ExactText: Int32] = [:]
    links = texts.map { text in
      let found = map.map { $0.links(of: text) } ?? [.always(text)]
      return found.map { link in
        let next = Int32(names.count)
        let place = places[ExactText(text: link.firm)] ?? next
        if place == next {
          names.append(link.firm)
          places[ExactText(text: link.firm)] = place
        }
        return Link(name: place, from: link.from, to: link.to)
      }
    }
    self.names = names
  }

  /// The firm of a code of the text column on a day.
  func firm(code: Int32, on day: Int32) -> Outcome {
    guard code >= 0 else { return .missing }
    for link in links[Int(code)] where link.from <= day && day <= link.to {
      return .firm(link.name)
    }
    return .unmapped
  }

  /// The place in a panel's firms of each of `names`, -1 where it is none of them.
  func places(in firms: FirmIndex) -> [Int32] { names.map { firms.place(of: $0) ?? -1 } }
}

/// The identifier map for a source that asks for it.
///
/// - Throws: `CompileError.configuration` where there is no map.
func identifierMap(
  isMapped: Bool, _ map: IdentifierMap?, field: String
) throws(CompileError) -> IdentifierMap? {
  guard isMapped else { return nil }
  guard let map else {
    throw .configuration(
      ConfigurationError(
        parameter: field, value: "true without a map",
        accepted: "a section compile.identifiers, or false"))
  }
  return map
}
