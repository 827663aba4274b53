import QuantLearners

// What the scripts that compare model files with other programs need done in Swift.

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("predict", 4): try predict(arguments[1], arguments[2], to: arguments[3])
case ("convert", 3): try convert(arguments[1], to: arguments[2])
case ("store", 3): try TreeEnsemble(contentsOf: arguments[1]).write(to: arguments[2])
case ("fit", 5...): try fit(Array(arguments.dropFirst()))
case ("check", _): for path in arguments.dropFirst() { check(path) }
default:
  print(
    """
    usage: boosting-models predict MODEL X.npy SCORES.npy    raw scores of all rows
           boosting-models convert MODEL TEXT                LightGBM's model text
           boosting-models store MODEL FILE                  the own format
           boosting-models fit X.npy Y.npy PARAMETERS MODEL  PARAMETERS is JSON
           boosting-models check FILE ...                    load each and predict random rows
    """)
}
