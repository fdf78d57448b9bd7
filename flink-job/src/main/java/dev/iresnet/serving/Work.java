package dev.iresnet.serving;

/** What decoders take: a record that nobody has looked at, or a frame whose picture has come. */
sealed interface Work permits Request, Fetched {

    Request request();
}
