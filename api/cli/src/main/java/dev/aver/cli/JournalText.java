package dev.aver.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A journal as people can read it. */
public final class JournalText {
    private JournalText() {}

    /** The bytes as text, if they are UTF-8 that a terminal shows: no control characters but tab and line feed. */
    public static Optional<String> of(byte[] journal) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(journal))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        return text.codePoints().allMatch(JournalText::isShown) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isShown(int codePoint) {
        return codePoint == '\n'
                || codePoint == '\t'
                || switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
