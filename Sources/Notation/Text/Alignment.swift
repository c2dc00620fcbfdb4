/// How the cells of a column stand in it.
public enum Alignment: String, Sendable { case left, right }
