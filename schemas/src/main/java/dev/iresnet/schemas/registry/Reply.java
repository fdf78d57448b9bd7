package dev.iresnet.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What a registry has answered.
 *
 * @param body JSON, or a missing node if it was none
 */
record Reply(int status, JsonNode body) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_MESSAGE = 500;

    static Reply of(int status, byte[] body) {
        try {
            return new Reply(status, JSON.readTree(body));
        } catch (IOException e) {
            return new Reply(status, JSON.missingNode());
        }
    }

    boolean isOk() {
        return status == 200;
    }

    /**
     * Whether a registry has said so of what it was asked for, and not of itself or its caller, nor
     * something else in its place.
     */
    boolean isOfRegistry() {
        return errorCode() != 0 && status != 401 && status != 429 && status != 503;
    }

    /** What it says went wrong, cut to a length that fits a log. */
    String message() {
        String message = body.path("message").asText();
        String shown =
                message.length() > LONGEST_MESSAGE
                        ? message.substring(0, LONGEST_MESSAGE)
                        : message;
        return "%d %s".formatted(status, shown).strip();
    }

    /** Confluent's code: the first three digits are HTTP's. */
    int errorCode() {
        return body.path("error_code").asInt();
    }
}
