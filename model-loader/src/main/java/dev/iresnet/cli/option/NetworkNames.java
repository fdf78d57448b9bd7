package dev.iresnet.cli.option;

import dev.iresnet.zoo.Architecture;
import dev.iresnet.zoo.Networks;

import java.util.Iterator;

/** For completion: the networks of the paper by name. */
public final class NetworkNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Networks.imageNet().stream().map(Architecture::name).iterator();
    }
}
