/** Formats of the text: the usual ones as buttons, the rest in a menu. */
import { useLingui } from "@lingui/react/macro";
import {
  Bold,
  Code,
  Ellipsis,
  Heading2,
  Italic,
  Link2,
  List,
  ListOrdered,
  Minus,
  Palette,
  Quote,
  Redo2,
  RemoveFormatting,
  SquareCode,
  Strikethrough,
  Underline,
  Undo2,
} from "lucide-react";
import type { ReactNode } from "react";
import { IconButton, Menu } from "@/ui";
import styles from "./Compose.module.css";
import type { EditorHandle, Format, FormatState } from "./editor";
import { LinkDialog } from "./LinkDialog";

type FormatBarProps = {
  editor: EditorHandle | undefined;
  formats: FormatState | undefined;
  isLinking: boolean;
  onLinking: (isLinking: boolean) => void;
};

export function FormatBar({ editor, formats, isLinking, onLinking }: FormatBarProps) {
  const { t } = useLingui();
  const isOff = editor === undefined;
  const run = (format: Format) => editor?.run(format);
  const buttons: { format: Format; label: string; key: string; icon: ReactNode }[] = [
    { format: "bold", label: t`Bold`, key: "Mod+b", icon: <Bold /> },
    { format: "italic", label: t`Italic`, key: "Mod+i", icon: <Italic /> },
    { format: "bullets", label: t`Bulleted list`, key: "Mod+Shift+8", icon: <List /> },
    { format: "numbers", label: t`Numbered list`, key: "Mod+Shift+7", icon: <ListOrdered /> },
    { format: "quote", label: t`Quote`, key: "Mod+Shift+9", icon: <Quote /> },
  ];
  const colours = [
    { id: "#b02b27", label: t`Red` },
    { id: "#b2511e", label: t`Orange` },
    { id: "#1f6f3d", label: t`Green` },
    { id: "#266595", label: t`Blue` },
    { id: "#823f6e", label: t`Plum` },
  ];
  const entry = (format: Format, label: string, icon: ReactNode) => ({
    id: format,
    label,
    icon,
    onAction: () => run(format),
  });
  return (
    <>
      {buttons.map(({ format, label, key, icon }) => (
        <IconButton
          key={format}
          label={label}
          shortcut={key}
          disabled={isOff}
          className={styles.format}
          data-on={formats?.active.has(format) || undefined}
          aria-pressed={formats?.active.has(format) ?? false}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => run(format)}
        >
          {icon}
        </IconButton>
      ))}
      <IconButton label={t`Link`} shortcut="Mod+k" disabled={isOff} onClick={() => onLinking(true)}>
        <Link2 />
      </IconButton>
      <Menu
        label={t`More formats`}
        placement="top start"
        trigger={(trigger) => (
          <IconButton {...trigger} label={t`More formats`} disabled={isOff}>
            <Ellipsis />
          </IconButton>
        )}
        groups={[
          {
            id: "text",
            items: [
              entry("underline", t`Underline`, <Underline />),
              entry("strike", t`Strike through`, <Strikethrough />),
              entry("code", t`Code`, <Code />),
              entry("heading", t`Heading`, <Heading2 />),
              entry("pre", t`Block of code`, <SquareCode />),
              entry("rule", t`Dividing line`, <Minus />),
              entry("plain", t`Remove formats`, <RemoveFormatting />),
            ],
          },
          {
            id: "colour",
            label: t`Colour of the text`,
            items: [
              ...colours.map(({ id, label }) => ({
                id,
                label,
                icon: <span className={styles.dot} style={{ backgroundColor: id }} />,
                onAction: () => editor?.colour(id),
              })),
              {
                id: "none",
                label: t`No colour`,
                icon: <Palette />,
                onAction: () => editor?.colour(null),
              },
            ],
          },
          {
            id: "history",
            items: [entry("undo", t`Undo`, <Undo2 />), entry("redo", t`Redo`, <Redo2 />)],
          },
        ]}
      />
      {isLinking && (
        <LinkDialog
          href={formats?.link ?? null}
          asksText={formats?.link == null && !formats?.hasSelection}
          onClose={() => {
            onLinking(false);
            editor?.focus();
          }}
          onLink={(href, text) => {
            onLinking(false);
            editor?.link(href, text);
          }}
        />
      )}
    </>
  );
}
