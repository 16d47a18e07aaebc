/** The API of Heaplight: the scope an application wraps around a task, an actor or a request. */
module dev.heaplight.api {
  requires static org.jspecify;

  exports dev.heaplight;
}
