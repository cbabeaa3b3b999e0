/** The kit. Features take their parts from here. */
export { Avatar, type AvatarProps } from "./Avatar";
export { Button, type ButtonProps } from "./Button";
export { cx } from "./cx";
export { Confirm, type ConfirmProps, Dialog, type DialogProps } from "./Dialog";
export { Empty, type EmptyProps } from "./Empty";
export {
  Field,
  type FieldProps,
  Select,
  type SelectOption,
  type SelectProps,
  TextArea,
  type TextAreaProps,
} from "./Field";
export { IconButton, type IconButtonProps } from "./IconButton";
export { Inherit, type InheritProps } from "./Inherit";
export { loadOverlays } from "./loadOverlays";
export { Menu, type MenuEntry, type MenuGroup, type MenuProps } from "./Menu";
export { onDemand } from "./onDemand";
export { Popover, type PopoverProps } from "./Popover";
export { ProgressBar, type ProgressBarProps } from "./ProgressBar";
export { SaveBar, type SaveBarProps } from "./SaveBar";
export { Skeleton } from "./Skeleton";
export { Spinner } from "./Spinner";
export { Checkbox, Switch, type SwitchProps } from "./Switch";
export { type Column, type Sort, Table, type TableProps } from "./Table";
export { type Tab, Tabs, type TabsProps } from "./Tabs";
export { State, Tag, type TagProps } from "./Tag";
export { Toaster } from "./Toaster";
export { Tooltip, TooltipLayer } from "./Tooltip";
export { dismissToast, type ToastInput, toast, toastStore, updateToast } from "./toasts";
export { hearChords, TypingAhead, takeTyped } from "./typedAhead";
export { Unsaved } from "./Unsaved";
export { useBoundWords } from "./useBoundWords";
export { useLayer } from "./useLayer";
