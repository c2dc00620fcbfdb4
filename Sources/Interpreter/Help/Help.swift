import Descriptions
import Diagnostics
import Display
import Tables

/// Help made from descriptions: nothing in it is written twice.
public enum Help {}
