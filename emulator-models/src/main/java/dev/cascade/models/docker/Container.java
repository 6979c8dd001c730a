package dev.cascade.models.docker;

/**
 * A container as its daemon has it on the disk.
 *
 * @param name which nobody else can have
 * @param image what it runs
 * @param volume whether its files are in a volume
 * @param autoRemove whether the daemon removes it when it has ended
 * @param life which of those that had this name
 * @param state what it does
 * @param code its exit status; meaningless before
 */
record Container(
    String name,
    String image,
    boolean volume,
    boolean autoRemove,
    long life,
    State state,
    int code) {
  /** What a container does. */
  enum State {
    CREATED,
    RUNNING,
    EXITED
  }

  static Container created(DockerCall.Create create, long life) {
    return new Container(
        create.name(),
        create.image(),
        create.volume(),
        create.autoRemove(),
        life,
        State.CREATED,
        0);
  }

  Container running() {
    return new Container(name, image, volume, autoRemove, life, State.RUNNING, 0);
  }

  Container exited(int newCode) {
    return new Container(name, image, volume, autoRemove, life, State.EXITED, newCode);
  }

  boolean isRunning() {
    return state == State.RUNNING;
  }

  /** As it is written down. */
  String text() {
    return String.join(
        " ",
        image,
        Boolean.toString(volume),
        Boolean.toString(autoRemove),
        Long.toString(life),
        state.name(),
        Integer.toString(code));
  }

  /** What was written down. */
  static Container parse(String name, String text) {
    String[] words = text.split(" ", -1);
    return new Container(
        name,
        words[0],
        Boolean.parseBoolean(words[1]),
        Boolean.parseBoolean(words[2]),
        Long.parseLong(words[3]),
        State.valueOf(words[4]),
        Integer.parseInt(words[5]));
  }
}
