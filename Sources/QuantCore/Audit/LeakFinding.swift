/// What the audit found wrong; any finding fails it.
public struct LeakFinding: Hashable, Sendable {
  /// What kind of wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A value at or before a date moved when what came after it changed: a leak, proven.
    case moved
    /// A source or a date had nothing that could be changed: the audit shows nothing there.
    case nothingPoisoned
    /// The configuration dates records before a day in the file says, or implausibly early.
    case availability
    /// A single feature separates events from non-events so well that it must know the outcome.
    case outcome
  }

  /// What kind of wrong.
  public var kind: Kind
  /// What moved, for `moved`.
  public var subject: AuditSubject?
  /// The feature, horizon or source meant.
  public var name: String
  /// The source whose change moved it, where one is known.
  public var source: String?
  /// How it was changed.
  public var mutation: Mutation?
  /// The first date at which it showed.
  public var date: CalendarDate?
  /// The first value that moved.
  public var move: AuditedMove?
  /// How many values moved at that date.
  public var moved = 0
  /// One changed record that moves the value alone, where there is one.
  public var record: String?
  /// What it means and what would be accepted, in words.
  public var explanation: String
}

extension LeakFinding: CustomStringConvertible {
  /// One line: what moved, where, from what to what, and which poison moved it.
  public var description: String {
    guard kind == .moved, let subject, let mutation, let date, let move else {
      return explanation
    }
    let what = subject == .feature || subject == .predictions ? "\(subject.rawValue) " : ""
    let firm = move.firm.map { " firm \($0)" } ?? ""
    var text =
      "\(what)\(name) at \(move.period)\(firm) was \(move.old), is \(move.new), when "
      + "\(source ?? "sources") after \(date) change (\(mutation.rawValue)); \(moved) values moved"
    if let record { text += "; \(record) does it alone" }
    return text
  }
}
