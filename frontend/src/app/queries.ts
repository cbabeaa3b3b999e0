/** TanStack Query for everything that is not mail. Keys are [documentName, variables]. */
import { QueryClient } from "@tanstack/react-query";
import { isApiError } from "@/api";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (count, error) =>
        count < 2 &&
        (isApiError(error, "OFFLINE") || isApiError(error, "TIMEOUT") || isApiError(error, "UNAVAILABLE")),
    },
    mutations: { retry: false },
  },
});
